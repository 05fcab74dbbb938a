using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Signatures.Signing;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Signatures;

/// <summary>
/// The real cosign in versions 2.5 and 3.1, the services that scripts/sigstore.sh runs on loopback, and two key pairs.
/// </summary>
public sealed class RealSigstore : IAsyncLifetime
{
    /// <summary>The password of the keys.</summary>
    internal const string Password = "password";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cosign-");
    private Dictionary<string, string?> _exports = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The ways to sign: both versions, with a key and with a token, by tag and in bundles.</summary>
    internal IReadOnlyList<CosignUse> Uses =>
    [
        new("key-2", "COSIGN2", WithKey),
        new("token-2", "COSIGN2", WithToken("--fulcio-url", Url, "--rekor-url", Url)) { IsKeyless = true },
        new("key-3", "COSIGN", [.. WithKey, "--use-signing-config=false"]) { IsBundle = true },
        new("token-3", "COSIGN", WithToken("--trusted-root", TrustRoot, "--signing-config", SigningConfig))
        {
            IsKeyless = true,
            IsBundle = true,
        },
        new("key-3-by-tag", "COSIGN", [.. WithKey, "--use-signing-config=false", FormerLayout]),
        new("token-3-by-tag", "COSIGN", WithToken(
            "--fulcio-url", Url, "--rekor-url", Url, "--timestamp-server-url", $"{Url}/api/v1/timestamp",
            "--trusted-root", TrustRoot, "--use-signing-config=false", FormerLayout))
        {
            IsKeyless = true,
        },
    ];

    /// <summary>The public half of the key that images are signed with.</summary>
    public string PublicKey => Path.Combine(_folder.FullName, "one.pub");

    /// <summary>That key; its password is in <see cref="EnvironmentAsync"/>.</summary>
    public string Key => Path.Combine(_folder.FullName, "one.key");

    public string OtherPublicKey => Path.Combine(_folder.FullName, "other.pub");

    public string TrustRoot => Export("SIGSTORE_TRUSTED_ROOT");

    public string Identity => Export("SIGSTORE_IDENTITY");

    public string Issuer => Export("SIGSTORE_ISSUER");

    private static string FormerLayout => "--new-bundle-format=false";

    private string Url => Export("SIGSTORE_URL");

    private string SigningConfig => Export("SIGSTORE_SIGNING_CONFIG");

    private string[] WithKey => ["--key", Key, "--tlog-upload=false"];

    public async ValueTask InitializeAsync()
    {
        if (RealParts.Sigstore is not null)
            return;
        _exports = await ScriptExports.ReadAsync(RealParts.SigstoreScript ?? "", "env", Cancelled);
        foreach (var name in (string[])["one", "other"])
            await RunAsync("COSIGN", ["generate-key-pair", "--output-key-prefix", name], caFile: null);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Signs an image of the registry: <c>127.0.0.1:34567/app@sha256:…</c>.</summary>
    /// <param name="use">How.</param>
    /// <param name="image">The image by its digest.</param>
    /// <param name="caFile">The authorities of the registry and its token server.</param>
    internal async Task SignAsync(CosignUse use, string image, string caFile)
    {
        await LogInAsync(image.Split('/')[0]);
        await RunAsync(use.Program, ["sign", "--yes", .. use.Options, image], caFile);
    }

    /// <summary>Signs a file as any identity, since the services check no token; leaves the bundle beside it.</summary>
    internal Task SignFileAsync(string file, string identity, string issuer) => RunAsync(
        "COSIGN",
        [
            "sign-blob", "--yes", "--trusted-root", TrustRoot, "--signing-config", SigningConfig,
            "--identity-token", TokenOf(identity, issuer), "--bundle", $"{file}.sigstore.json", file,
        ],
        caFile: null);

    /// <summary>The file of the token that the services accept.</summary>
    public string Token => Export("SIGSTORE_TOKEN");

    /// <summary>The services, for the library's own signer.</summary>
    internal SigningServices Services => new()
    {
        Fulcio = new Uri(Url),
        Rekor = new Uri(Url),
        TimestampAuthority = new Uri(Url),
    };

    /// <summary>Signs a statement about a file with cosign; leaves the bundle beside it.</summary>
    internal async Task AttestAsync(string file)
    {
        await File.WriteAllTextAsync($"{file}.predicate", "{}", Cancelled);
        await RunAsync(
            "COSIGN",
            [
                "attest-blob", .. WithToken("--trusted-root", TrustRoot, "--signing-config", SigningConfig), "--yes",
                "--type", ImageStatement.PredicateType, "--predicate", $"{file}.predicate",
                "--bundle", $"{file}.sigstore.json", file,
            ],
            caFile: null);
    }

    /// <summary>Verifies a bundle whose statement is about the file beside it, with cosign.</summary>
    internal async Task VerifyAttestationAsync(string file, bool isKeyless)
    {
        string[] by = isKeyless
            ? ["--trusted-root", TrustRoot, "--certificate-identity", Identity, "--certificate-oidc-issuer", Issuer]
            : ["--key", PublicKey, "--insecure-ignore-tlog"];
        await RunAsync(
            "COSIGN",
            [
                "verify-blob-attestation", .. by, "--type", ImageStatement.PredicateType,
                "--bundle", $"{file}.sigstore.json", file,
            ],
            caFile: null);
    }

    /// <summary>Verifies the signature that a release has beside a file, with cosign.</summary>
    internal async Task VerifyAsync(string file, bool isKeyless)
    {
        string[] by = isKeyless
            ? ["--trusted-root", TrustRoot, "--certificate-identity", Identity, "--certificate-oidc-issuer", Issuer]
            : ["--key", PublicKey, "--insecure-ignore-tlog"];
        await RunAsync("COSIGN", ["verify-blob", .. by, "--bundle", $"{file}.sigstore.json", file], caFile: null);
    }

    /// <summary>
    /// The environment of a machine on which cosign and skopeo may push to a registry, and cosign signs by the services
    /// of this one: with a key without a log, or as the identity whose token is there.
    /// </summary>
    internal async Task<Dictionary<string, string?>> EnvironmentAsync(RealRegistry registry, bool isKeyless)
    {
        await LogInAsync(registry.Host);
        var environment = new Dictionary<string, string?>(EnvironmentOf(registry.CaFile))
        {
            ["REGISTRY_AUTH_FILE"] = Path.Combine(_folder.FullName, "config.json"),
        };
        environment.Remove("HOME");
        if (isKeyless)
        {
            environment["SIGSTORE_ID_TOKEN"] = await File.ReadAllTextAsync(Export("SIGSTORE_TOKEN"), Cancelled);
            environment["COSIGN_TRUSTED_ROOT"] = TrustRoot;
            environment["COSIGN_SIGNING_CONFIG"] = SigningConfig;
        }
        else
        {
            environment["COSIGN_TLOG_UPLOAD"] = environment["COSIGN_USE_SIGNING_CONFIG"] = "false";
        }

        return environment;
    }

    private async Task LogInAsync(string host)
    {
        var (username, password, header) = RealRegistry.Credentials;
        var config = new JsonObject
        {
            ["auths"] = new JsonObject
            {
                [host] = new JsonObject
                {
                    ["username"] = username,
                    ["password"] = password,
                    ["auth"] = header["Basic ".Length..],
                },
            },
        };
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "config.json"), config.ToJsonString(), Cancelled);
    }

    private Dictionary<string, string?> EnvironmentOf(string? caFile) => new(_exports)
    {
        ["HOME"] = _folder.FullName,
        ["TUF_ROOT"] = Path.Combine(_folder.FullName, "tuf"),
        ["DOCKER_CONFIG"] = _folder.FullName,
        ["COSIGN_PASSWORD"] = Password,
        ["SSL_CERT_FILE"] = caFile ?? "",
    };

    private static string TokenOf(string identity, string issuer)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = issuer,
            ["sub"] = identity,
            ["aud"] = "sigstore",
            ["iat"] = now,
            ["nbf"] = now - 60,
            ["exp"] = now + 600,
        };
        return string.Join('.', new[] { """{"alg":"RS256","typ":"JWT"}""", claims.ToJsonString(), "unsigned" }
            .Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));
    }

    private string[] WithToken(params string[] services) =>
        [.. services, "--identity-token", Export("SIGSTORE_TOKEN")];

    private string Export(string name) => _exports[name] ?? "";

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, string? caFile) =>
        await Cli.Wrap(Export(program))
            .WithArguments(arguments)
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(EnvironmentOf(caFile))
            .ExecuteBufferedAsync(Cancelled);
}

/// <summary>A way to sign with cosign.</summary>
/// <param name="Name">What tests name images after.</param>
/// <param name="Program">The export of sigstore.sh that names the program.</param>
/// <param name="Options">Of <c>cosign sign</c>.</param>
internal sealed record CosignUse(string Name, string Program, IReadOnlyList<string> Options)
{
    /// <summary>True when an identity signs, and not a key.</summary>
    public bool IsKeyless { get; init; }

    /// <summary>True when the signature is a bundle among the referrers, and not a payload under a tag.</summary>
    public bool IsBundle { get; init; }
}
