using System.Runtime.Versioning;
using Tracebloc.Net.Files;
using Tracebloc.Testing;

namespace Tracebloc.Net.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class RegularFileTests : IDisposable
{
    private const int MaxBytes = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("regular-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "file.txt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("seven é")]
    public async Task A_file_is_read_to_its_end(string text)
    {
        File.WriteAllText(Path, text);

        Assert.Equal(text, await ReadAsync());
    }

    [Fact]
    public async Task A_longer_file_is_not_read()
    {
        File.WriteAllText(Path, "nine char");

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task A_missing_file_is_empty() => Assert.Equal("", await ReadAsync());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_is_not_followed(bool isThere)
    {
        var target = System.IO.Path.Combine(_folder.FullName, "secret.txt");
        if (isThere)
            File.WriteAllText(target, "secret");
        File.CreateSymbolicLink(Path, target);

        Assert.Equal("", await ReadAsync());
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("link to a pipe")]
    [InlineData("link to a device")]
    public async Task What_is_no_regular_file_is_refused_unopened(string kind)
    {
        using var pipe = kind.EndsWith("pipe", StringComparison.Ordinal) ? new NamedPipe(Path + ".pipe") : null;
        if (kind == "folder")
            Directory.CreateDirectory(Path);
        else if (kind == "pipe")
            File.Move(Path + ".pipe", Path);
        else
            File.CreateSymbolicLink(Path, pipe?.Path ?? "/dev/zero");

        var error = await Assert.ThrowsAsync<IOException>(ReadAsync);

        Assert.Equal($"{Path} is no regular file; give another path", error.Message);
    }

    [Fact]
    public async Task A_link_to_itself_is_an_error()
    {
        File.CreateSymbolicLink(Path, Path);

        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<IOException>(ReadAsync)).Message);
    }

    private Task<string?> ReadAsync() =>
        RegularFile.ReadTextAsync(Path, MaxBytes, TestContext.Current.CancellationToken);
}
