using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

public sealed class VolumeFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("volume-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_moved_out_and_in_again()
    {
        Directory.CreateDirectory(At("uploads"));
        File.WriteAllText(At("uploads/a"), "x");

        using var folder = VolumeFolder.Open(At("uploads"));

        Assert.Equal(RenameResult.Done, folder.MoveOut("a", At("b")));
        Assert.Equal(RenameResult.Absent, folder.MoveOut("a", At("b")));
        Assert.Equal(RenameResult.Done, folder.MoveIn(At("b"), "c"));
        Assert.Equal("x", File.ReadAllText(At("uploads/c")));
    }

    [Fact]
    public void A_folder_behind_a_link_is_not_opened()
    {
        Directory.CreateDirectory(At("real/inner"));
        File.CreateSymbolicLink(At("link"), At("real"));

        Assert.ThrowsAny<IOException>(() => VolumeFolder.Open(At("link")));
        Assert.ThrowsAny<IOException>(() => VolumeFolder.Open(At("link/inner")));
        Assert.ThrowsAny<IOException>(() => VolumeFolder.Open(At("absent")));
    }

    [Fact]
    public void A_link_that_takes_the_place_of_an_open_folder_is_not_followed()
    {
        Directory.CreateDirectory(At("uploads"));
        Directory.CreateDirectory(At("secret"));
        File.WriteAllText(At("secret/a"), "secret");
        using var folder = VolumeFolder.Open(At("uploads"));

        Directory.Move(At("uploads"), At("old"));
        File.CreateSymbolicLink(At("uploads"), At("secret"));

        Assert.Equal(RenameResult.Absent, folder.MoveOut("a", At("b")));
        Assert.True(File.Exists(At("secret/a")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
