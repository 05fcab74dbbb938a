using System.Runtime.Versioning;
using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

/// <summary>A file whose place no other file can take is written as it is: same mode, same owner, whole.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class InPlaceTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
    private const string Old = "the old text, which is longer";

    private readonly string _folder = Directory.CreateTempSubdirectory("in-place-").FullName;
    private readonly string _file;

    public InPlaceTests()
    {
        _file = Write("values.yaml");
        Directory.CreateDirectory(Path.Combine(_folder, "sources"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(16)] // EBUSY
    [InlineData(18)] // EXDEV
    [InlineData(30)] // EROFS
    public void A_file_that_the_system_does_not_rename_over_is_written_in_place(int error)
    {
        var before = FileSystem.OwnerOf(_file);
        using var reader = new StreamReader(_file);

        FileReplacement.Write(_file, "new"u8, (_, _) => throw new IOException("no", error));

        Assert.Equal(
            ("new", Mode, before), (reader.ReadToEnd(), File.GetUnixFileMode(_file), FileSystem.OwnerOf(_file)));
        Assert.Equal([_file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Any_other_fault_of_the_rename_leaves_the_file_alone()
    {
        Assert.Throws<IOException>(() => FileReplacement.Write(
            _file, "new"u8, (_, _) => throw new IOException("no space", 28)));

        Assert.Equal(Old, File.ReadAllText(_file));
        Assert.Equal([_file], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_a_mount_itself_is_written_in_place()
    {
        if (IsWithoutMounts()) return;
        var source = Write("sources/values.yaml");
        var owner = FileSystem.OwnerOf(source);

        Assert.Equal(
            "", await MountedWriter.WriteAsync(_file, "mount --bind sources/values.yaml values.yaml", Cancelled));

        Assert.Equal(("new", Mode, owner),
            (File.ReadAllText(source), File.GetUnixFileMode(source), FileSystem.OwnerOf(source)));
        Assert.Equal(Old, File.ReadAllText(_file));
        Assert.Equal([_file], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_writable_file_in_a_read_only_folder_is_written_in_place()
    {
        if (IsWithoutMounts()) return;
        var source = Write("sources/values.yaml");
        var owner = FileSystem.OwnerOf(source);

        Assert.Equal("", await MountedWriter.WriteAsync(
            _file,
            """
            mount --bind . .
            mount --bind sources/values.yaml "$PWD/values.yaml"
            mount -o remount,bind,ro "$PWD"
            """,
            Cancelled));

        Assert.Equal(("new", Mode, owner),
            (File.ReadAllText(source), File.GetUnixFileMode(source), FileSystem.OwnerOf(source)));
        Assert.Equal([_file], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_on_a_read_only_mount_stays_whole_and_the_error_says_so()
    {
        if (IsWithoutMounts()) return;

        var refusal = await MountedWriter.WriteAsync(
            _file, "mount --bind . .\nmount -o remount,bind,ro \"$PWD\"", Cancelled);

        Assert.StartsWith("Read-only file system", refusal, StringComparison.Ordinal);
        Assert.Equal(Old, File.ReadAllText(_file));
        Assert.Equal([_file], Directory.GetFiles(_folder));
    }

    // Mounts are for root; the faults that they cause are played above.
    private static bool IsWithoutMounts()
    {
        var isWithout = !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess;
        if (isWithout) TestContext.Current.AddWarning("This user may not mount: only played faults are tested.");
        return isWithout;
    }

    private string Write(string name)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Old);
        File.SetUnixFileMode(file, Mode);
        if (Environment.IsPrivilegedProcess) _ = FileSystem.TryGive(file, new FileOwner(12345, 23456, 1));
        return file;
    }
}
