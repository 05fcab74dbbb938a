using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

/// <summary>Each path leads to the file that the shell opens by it.</summary>
public sealed class UserPathTests : IDisposable
{
    private readonly string _folder = FileSystem.RealPath(Directory.CreateTempSubdirectory("path-").FullName);

    // From the folder that the linked one leads to, .. is real.
    public UserPathTests()
    {
        Directory.CreateDirectory(At("real/deep"));
        Directory.CreateDirectory(At("plain"));
        Directory.CreateSymbolicLink(At("short"), "real/deep");
        File.CreateSymbolicLink(At("real/link.txt"), "file.txt");
        File.WriteAllText(At("real/file.txt"), "real");
        File.WriteAllText(At("file.txt"), "another");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("short/../file.txt", "real/file.txt")]
    [InlineData("short/.././file.txt", "real/file.txt")]
    [InlineData("short/../missing.txt", "real/missing.txt")]
    [InlineData("short/..", "real")]
    [InlineData("short/../../file.txt", "file.txt")]
    [InlineData("plain/../short/../file.txt", "real/file.txt")]
    [InlineData("plain/../file.txt", "file.txt")]
    [InlineData("short/../link.txt", "real/link.txt")]
    [InlineData("short/x..y", "short/x..y")]
    [InlineData("short", "short")]
    public void The_parent_of_a_linked_folder_is_that_of_its_target(string path, string expected)
    {
        Assert.Equal(At(expected), UserPath.Absolute(At(path)));
        var relative = Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, _folder), path);
        Assert.Equal(At(expected), UserPath.Absolute(relative));
    }

    [Theory]
    [InlineData("")]
    [InlineData("file.txt")]
    [InlineData("a//./b")]
    [InlineData("/nonexistent/../file.txt")]
    [InlineData("short/x..y")]
    public void Any_other_path_stays_as_it_is_written(string path) => Assert.Equal(path, UserPath.Resolve(path));

    private string At(string name) => $"{_folder}/{name}";
}
