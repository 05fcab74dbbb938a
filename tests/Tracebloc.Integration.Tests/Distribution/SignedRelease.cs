using System.Security.Cryptography;
using System.Text;
using Tracebloc.Integration.Tests.Signatures;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>
/// The files of a small release, signed by real cosign as the release workflow is: the services of sigstore.sh take any
/// identity. Its programs are scripts that print the version.
/// </summary>
public sealed class SignedRelease : IAsyncLifetime
{
    internal const string Version = "9.8.7", Other = "9.9.0";

    internal const string Sums = "SHA256SUMS", Bundle = "SHA256SUMS.sigstore.json";

    private const string Workflow = "https://github.com/tracebloc/client/.github/workflows/release.yml";
    private const string Issuer = "https://token.actions.githubusercontent.com";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signed-release-");
    private readonly RealSigstore _sigstore = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>By the name in the release, for example <c>tracebloc-9.8.7-linux-amd64</c>.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files { get; private set; } = new Dictionary<string, byte[]>();

    /// <summary>Bundles that do not fit, by what is wrong with them.</summary>
    internal IReadOnlyDictionary<string, byte[]> WrongBundles { get; private set; } = new Dictionary<string, byte[]>();

    internal string TrustRoot => _sigstore.TrustRoot;

    /// <summary>The program of a platform: it runs under every shell.</summary>
    internal static byte[] Program { get; } = Encoding.UTF8.GetBytes($"#!/bin/sh\necho {Version}\n");

    public async ValueTask InitializeAsync()
    {
        await _sigstore.InitializeAsync();
        if (RealParts.Sigstore is not null) return;
        var files = new[] { "linux-amd64", "linux-arm64", "darwin-arm64", "windows-amd64.exe" }
            .ToDictionary(platform => $"tracebloc-{Version}-{platform}", _ => Program);
        files[Sums] = SumsOf(files);
        files[Bundle] = await SignAsync(files[Sums], $"{Workflow}@refs/tags/v{Version}", Issuer);
        Files = files;
        WrongBundles = new Dictionary<string, byte[]>
        {
            ["of another file"] = await SignAsync([1, 2, 3], $"{Workflow}@refs/tags/v{Version}", Issuer),
            ["of another version"] = await SignAsync(files[Sums], $"{Workflow}@refs/tags/v{Other}", Issuer),
            ["of a branch"] = await SignAsync(files[Sums], $"{Workflow}@refs/heads/v{Version}", Issuer),
            ["of another issuer"] =
                await SignAsync(files[Sums], $"{Workflow}@refs/tags/v{Version}", "https://issuer.loopback"),
            ["no bundle"] = "{}"u8.ToArray(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _sigstore.DisposeAsync();
    }

    /// <summary>The bundle of a version's checksums, as its release has it.</summary>
    internal Task<byte[]> SignAsync(byte[] sums, string version) =>
        SignAsync(sums, $"{Workflow}@refs/tags/v{version}", Issuer);

    internal static byte[] SumsOf(IReadOnlyDictionary<string, byte[]> files) => Encoding.UTF8.GetBytes(string.Concat(
        files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Value))}  {file.Key}\n")));

    private async Task<byte[]> SignAsync(byte[] content, string identity, string issuer)
    {
        var file = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        await File.WriteAllBytesAsync(file, content, Token);
        await _sigstore.SignFileAsync(file, identity, issuer);
        return await File.ReadAllBytesAsync($"{file}.sigstore.json", Token);
    }
}
