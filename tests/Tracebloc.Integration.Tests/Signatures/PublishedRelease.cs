using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Signatures;

/// <summary>
/// A release by <c>dotnet cake --target=Release --publish</c> of the images that are there, pushed to a registry.
/// </summary>
internal sealed class PublishedRelease : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("release-");

    private PublishedRelease()
    {
    }

    /// <summary>The checksums of its files.</summary>
    public string Sums => Path.Combine(Files, "SHA256SUMS");

    private string Files => Path.Combine(_folder.FullName, "files");

    private string Pages => Path.Combine(_folder.FullName, "pages");

    /// <summary>The target's standard output.</summary>
    public string Output { get; private set; } = "";

    /// <param name="registry">Where it is published.</param>
    /// <param name="path">The part of the registry that it has for itself.</param>
    /// <param name="environment">Of a machine that may push and sign.</param>
    /// <param name="signKey">The key of cosign; null: none.</param>
    /// <param name="token">Ends the build.</param>
    public static async Task<PublishedRelease> MakeAsync(
        RealRegistry registry,
        string path,
        IReadOnlyDictionary<string, string?> environment,
        string? signKey,
        CancellationToken token)
    {
        RealParts.SkipWithout(RealParts.BuiltImages, RealParts.Helm);
        var release = new PublishedRelease();
        Directory.CreateDirectory(release.Pages);
        string[] by = signKey is null ? [] : [$"--sign-key={signKey}"];
        // Exclusive: the images are there, and making them again would take minutes.
        var result = await Cli.Wrap("dotnet")
            .WithArguments(
            [
                "cake", "--target=Release", "--exclusive", "--publish", $"--registry={registry.Host}/{path}",
                $"--release-folder={release.Files}", $"--pages={release.Pages}", .. by,
            ])
            .WithWorkingDirectory(RealParts.WorkingTree)
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);
        Assert.True(result.ExitCode == 0, $"{result.StandardOutput}\n{result.StandardError}");
        release.Output = result.StandardOutput;
        return release;
    }

    /// <returns>The digest that the release states of an image.</returns>
    public async Task<string> DigestAsync(string image, CancellationToken token) =>
        (await File.ReadAllTextAsync(Path.Combine(Files, $"{image}.digest"), token)).Trim();

    public void Dispose() => _folder.Delete(recursive: true);
}
