using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>A release of what was built before, by the Release target, without publishing it.</summary>
public sealed class MadeRelease : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("made-release-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The reason why there is no release to look at; null where it was made.</summary>
    internal static string? Missing => RealParts.BuiltImages ?? RealParts.Binaries ?? RealParts.Helm;

    internal string Version { get; } = typeof(MadeRelease).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The checksums of the files, by their names.</summary>
    internal IReadOnlyDictionary<string, string> Sums { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        // Exclusive: the images and the programs are there, and making them again would take minutes.
        var result = await Cli.Wrap("dotnet")
            .WithArguments(["cake", "--target=Release", "--exclusive", $"--release-folder={_folder.FullName}"])
            .WithWorkingDirectory(RealParts.WorkingTree)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Token);
        Assert.True(result.ExitCode == 0, $"{result.StandardOutput}\n{result.StandardError}");
        Sums = (await File.ReadAllLinesAsync(PathOf(SignedRelease.Sums), Token))
            .Select(line => line.Split("  ", 2))
            .ToDictionary(sum => sum[1], sum => sum[0]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal string NameOf(string platform) => $"tracebloc-{Version}-{platform}";

    internal string AddressOf(string platform) =>
        $"https://github.com/tracebloc/client/releases/download/v{Version}/{NameOf(platform)}";

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal Task<string> ReadAsync(string name, CancellationToken token) =>
        File.ReadAllTextAsync(PathOf(name), token);

    internal string HashOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))));
}
