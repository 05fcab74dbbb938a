using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

public sealed class FileStampTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string FilePath => Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_path_and_a_handle_give_one_stamp()
    {
        File.WriteAllText(FilePath, "twelve bytes");
        using var handle = File.OpenHandle(FilePath);

        var stamp = FileStamp.Of(FilePath);

        Assert.Equal(12, stamp.Length);
        Assert.NotEqual(0UL, stamp.Inode);
        Assert.Equal(stamp, FileStamp.Of(handle));
    }

    [Fact]
    public void The_time_of_the_last_write_is_exact()
    {
        File.WriteAllText(FilePath, "");
        var written = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567);
        File.SetLastWriteTimeUtc(FilePath, written);

        Assert.Equal((written - DateTime.UnixEpoch).Ticks * 100, FileStamp.Of(FilePath).Modified);
    }

    [Fact]
    public void A_file_that_took_the_place_of_another_has_another_stamp()
    {
        File.WriteAllText(FilePath, "one");
        File.SetLastWriteTimeUtc(FilePath, DateTime.UnixEpoch);
        var stamp = FileStamp.Of(FilePath);
        var other = FilePath + ".other";
        File.WriteAllText(other, "two");
        File.SetLastWriteTimeUtc(other, DateTime.UnixEpoch);

        VolumeFile.Rename(other, FilePath);

        Assert.NotEqual(stamp with { Changed = 0 }, FileStamp.Of(FilePath) with { Changed = 0 });
    }

    [Fact]
    public void A_link_has_a_stamp_of_its_own()
    {
        File.WriteAllText(FilePath, "twelve bytes");
        File.CreateSymbolicLink(FilePath + ".link", FilePath);

        Assert.NotEqual(FileStamp.Of(FilePath).Inode, FileStamp.Of(FilePath + ".link").Inode);
    }

    [Fact]
    public void An_absent_file_has_none() => Assert.Throws<IOException>(() => FileStamp.Of(FilePath));
}
