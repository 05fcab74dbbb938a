using Microsoft.Win32.SafeHandles;
using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

public sealed class VolumeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("volume-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public void A_copy_has_the_bytes_of_its_file(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(At("a"), bytes);

        using (var source = Opened(At("a")))
            Assert.Equal(length, VolumeFile.Copy(source, At("b")));

        Assert.Equal(bytes, File.ReadAllBytes(At("b")));
        using var again = Opened(At("a"));
        Assert.True(VolumeFile.IsCopy(again, At("b")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    [InlineData(399_999)]
    public void A_file_that_differs_in_one_byte_is_no_copy(int place)
    {
        var bytes = new byte[400_000];
        File.WriteAllBytes(At("a"), bytes);
        bytes[place] = 1;
        File.WriteAllBytes(At("b"), bytes);
        File.WriteAllBytes(At("short"), new byte[399_999]);

        using var source = Opened(At("a"));

        Assert.False(VolumeFile.IsCopy(source, At("b")));
        Assert.False(VolumeFile.IsCopy(source, At("short")));
    }

    [Fact]
    public void A_file_of_another_file_system_is_copied()
    {
        var other = $"/dev/shm/{Path.GetRandomFileName()}";
        var bytes = new byte[300_000];
        new Random(8).NextBytes(bytes);
        File.WriteAllBytes(other, bytes);
        try
        {
            using (var source = Opened(other))
                VolumeFile.Copy(source, At("b"));
        }
        finally
        {
            File.Delete(other);
        }

        Assert.Equal(bytes, File.ReadAllBytes(At("b")));
    }

    [Fact]
    public void A_copy_replaces_nothing()
    {
        File.WriteAllText(At("a"), "new");
        File.WriteAllText(At("b"), "old");
        File.CreateSymbolicLink(At("c"), At("d"));

        using var source = Opened(At("a"));

        Assert.Null(VolumeFile.Copy(source, At("b")));
        Assert.ThrowsAny<IOException>(() => VolumeFile.Copy(source, At("c")));
        Assert.Equal("old", File.ReadAllText(At("b")));
        Assert.False(File.Exists(At("d")));
    }

    [Fact]
    public void A_link_is_never_followed_whatever_part_of_the_path_it_is()
    {
        Directory.CreateDirectory(At("real/sub"));
        File.WriteAllText(At("real/sub/a"), "secret");
        File.CreateSymbolicLink(At("link"), At("real"));
        File.CreateSymbolicLink(At("linked"), At("real/sub"));
        File.CreateSymbolicLink(At("real/sub/b"), At("real/sub/a"));

        Assert.ThrowsAny<IOException>(() => Opened(At("real/sub/b")));
        Assert.ThrowsAny<IOException>(() => Opened(At("linked/a")));
        var error = Assert.ThrowsAny<IOException>(() => Opened(At("link/sub/a")));

        Assert.Equal(
            $"{At("link/sub")} leads to {At("real/sub")}: a folder of its path is a link or was renamed",
            error.Message);
    }

    [Fact]
    public void A_folder_takes_the_place_of_an_empty_one_in_one_step()
    {
        Directory.CreateDirectory(At("new"));
        File.WriteAllText(At("new/a"), "x");
        Directory.CreateDirectory(At("place"));

        Assert.Equal(RenameResult.Done, VolumeFile.Rename(At("new"), At("place")));

        Assert.True(File.Exists(At("place/a")));
        Assert.False(Directory.Exists(At("new")));
    }

    [Fact]
    public void A_folder_with_files_is_never_replaced()
    {
        Directory.CreateDirectory(At("new"));
        Directory.CreateDirectory(At("place"));
        File.WriteAllText(At("place/a"), "x");

        Assert.Equal(RenameResult.Occupied, VolumeFile.Rename(At("new"), At("place")));

        Assert.True(File.Exists(At("place/a")));
    }

    [Fact]
    public void A_folder_and_a_file_never_replace_each_other()
    {
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("file"), "x");
        File.CreateSymbolicLink(At("link"), At("folder"));

        Assert.Equal(RenameResult.Occupied, VolumeFile.Rename(At("folder"), At("file")));
        Assert.Equal(RenameResult.Occupied, VolumeFile.Rename(At("folder"), At("link")));
        Assert.Equal(RenameResult.Occupied, VolumeFile.Rename(At("file"), At("folder")));
    }

    [Fact]
    public void Two_files_are_on_one_mount_where_one_can_be_renamed_to_the_other()
    {
        File.WriteAllText(At("a"), "x");

        Assert.True(VolumeFile.AreOnOneMount(At("a"), At("")));
        Assert.False(VolumeFile.AreOnOneMount(At("a"), "/dev/shm"));
        Assert.Throws<IOException>(() => VolumeFile.AreOnOneMount(At("none"), At("")));
    }

    [Fact]
    public void A_path_with_a_linked_folder_is_linked()
    {
        Directory.CreateDirectory(At("real"));
        File.CreateSymbolicLink(At("link"), At("real"));

        Assert.Equal(
            [false, true, false],
            new[] { "real/a", "link/a", "none/a" }.Select(path => VolumeFile.IsLinked(At(path))));
    }

    [Fact]
    public void A_missing_file_or_folder_is_a_result()
    {
        File.WriteAllText(At("a"), "x");

        Assert.Equal(RenameResult.Absent, VolumeFile.Rename(At("none"), At("b")));
        Assert.Equal(RenameResult.Absent, VolumeFile.Rename(At("a"), At("none/b")));
    }

    [Fact]
    public void Another_file_system_is_a_result()
    {
        File.WriteAllText(At("a"), "x");

        Assert.Equal(RenameResult.OtherFileSystem, VolumeFile.Rename(At("a"), "/dev/shm/volume-file-test"));
        Assert.True(File.Exists(At("a")));
    }

    [Fact]
    public void Two_folders_are_exchanged_with_what_they_hold()
    {
        foreach (var name in (string[])["a", "b"])
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(At(name)).FullName, "of"), name);

        Assert.Equal(RenameResult.Done, VolumeFile.TryExchange(At("a"), At("b")));

        Assert.Equal("b", File.ReadAllText(At("a/of")));
        Assert.Equal("a", File.ReadAllText(At("b/of")));
        Assert.Equal(RenameResult.Absent, VolumeFile.TryExchange(At("a"), At("none")));
        Assert.Equal("b", File.ReadAllText(At("a/of")));
    }

    [Fact]
    public void The_real_path_has_no_links()
    {
        Directory.CreateDirectory(At("real"));
        File.CreateSymbolicLink(At("link"), At("real"));

        Assert.Equal(At("real"), UserPath.Real(At("link")));
        Assert.Null(UserPath.Real(At("none")));
    }

    private static SafeFileHandle Opened(string path)
    {
        using var folder = VolumeFolder.Open(Path.GetDirectoryName(path) ?? "/");
        return folder.OpenFile(Path.GetFileName(path));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
