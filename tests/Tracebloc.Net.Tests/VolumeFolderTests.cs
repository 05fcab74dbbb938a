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

    [Fact]
    public void A_folder_is_made_once_and_never_behind_a_link()
    {
        Directory.CreateDirectory(At("secret"));
        Directory.CreateSymbolicLink(At("link"), At("secret"));
        File.WriteAllText(At("file"), "x");
        using var folder = VolumeFolder.Open(_folder.FullName);

        using (var made = folder.MakeFolder("made")) Assert.Equal(At("made"), made.Path);
        using (var again = folder.MakeFolder("made")) again.MakeFolder("inner").Dispose();

        Assert.True(Directory.Exists(At("made/inner")));
        Assert.ThrowsAny<IOException>(() => folder.MakeFolder("link"));
        Assert.ThrowsAny<IOException>(() => folder.MakeFolder("file"));
    }

    [Fact]
    public void A_file_is_written_and_removed_but_not_behind_a_link()
    {
        File.WriteAllText(At("secret"), "secret");
        File.CreateSymbolicLink(At("link"), At("secret"));
        Directory.CreateDirectory(At("inner"));
        using var folder = VolumeFolder.Open(_folder.FullName);

        using (var made = folder.OpenForWriting("made", isNew: true)) RandomAccess.Write(made, "x"u8, 0);
        using (var again = folder.OpenForWriting("made", isNew: false)) RandomAccess.Write(again, "y"u8, 1);
        folder.Synchronize();

        Assert.Equal("xy", File.ReadAllText(At("made")));
        Assert.ThrowsAny<IOException>(() => folder.OpenForWriting("made", isNew: true));
        Assert.ThrowsAny<IOException>(() => folder.OpenForWriting("absent", isNew: false));
        Assert.ThrowsAny<IOException>(() => folder.OpenForWriting("link", isNew: true));
        Assert.ThrowsAny<IOException>(() => folder.OpenForWriting("link", isNew: false));
        Assert.ThrowsAny<IOException>(() => folder.OpenForWriting("inner", isNew: false));
        folder.Remove("link");
        folder.Remove("made");
        folder.Remove("made");
        Assert.ThrowsAny<Exception>(() => folder.Remove("inner"));
        Assert.Equal("secret", File.ReadAllText(At("secret")));
        Assert.Equal(["inner", "secret"], _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order());
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
