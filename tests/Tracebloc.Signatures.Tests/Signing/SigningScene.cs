using System.Text.Json.Nodes;
using Tracebloc.Net;
using Tracebloc.Registry;
using Tracebloc.Signatures.Models;
using Tracebloc.Signatures.Signing;
using Tracebloc.Testing;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests.Signing;

/// <summary>A sigstore on loopback, a service account's token in a file, and a model of two files.</summary>
internal sealed class SigningScene : IAsyncDisposable
{
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";
    public const string Identity = "https://kubernetes.io/namespaces/models/serviceaccounts/upload";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signing-");
    private readonly bool _isVersion2;

    private SigningScene(FakeSigstore sigstore, bool isVersion2) => (Sigstore, _isVersion2) = (sigstore, isVersion2);

    public static IReadOnlyList<ModelFile> Files { get; } =
        [new("weights.bin", Digest.Of("weights"u8)), new("config.json", Digest.Of("config"u8))];

    public static ModelStatement Statement { get; } = ModelStatement.Of("model", Files, ["model.sig"], out var fault)
        ?? throw new InvalidOperationException(fault);

    public static JsonObject Claims => new()
    {
        ["iss"] = Issuer,
        ["aud"] = new JsonArray("sigstore"),
        ["sub"] = "system:serviceaccount:models:upload",
    };

    public FakeSigstore Sigstore { get; }

    public string TokenFile => Path.Combine(_folder.FullName, "token");

    public SigningServices Services => new()
    {
        Fulcio = Sigstore.Address,
        Rekor = Sigstore.Address,
        RekorVersion = _isVersion2 ? RekorVersion.V2 : RekorVersion.V1,
        TimestampAuthority = Sigstore.Address,
        Connection = new ServiceConnection
        {
            Attempts = 2,
            Pauses = new RetryPauses(TimeSpan.Zero, () => 0) { First = TimeSpan.Zero },
        },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SigningScene> StartAsync(bool isVersion2 = false, JsonObject? claims = null)
    {
        var sigstore = await FakeSigstore.StartAsync(isVersion2, new ManualTimeProvider(), Cancelled);
        var scene = new SigningScene(sigstore, isVersion2);
        await File.WriteAllTextAsync(scene.TokenFile, FakeSigstore.TokenOf(claims ?? Claims) + "\n", Cancelled);
        return scene;
    }

    public Task<SignedBundle> SignAsync(SigningServices? services = null) =>
        SignAsync(Signer.Keyless(TokenFile, services ?? Services, TimeProvider.System));

    public static Task<SignedBundle> SignAsync(SigningKey key, SigningServices services) =>
        SignAsync(Signer.OfKey(key, services, TimeProvider.System));

    public Task<SigningException> FaultAsync(SigningServices? services = null) =>
        Assert.ThrowsAsync<SigningException>(() => SignAsync(services));

    public SignaturePolicy Policy(string identity = Identity, string issuer = Issuer) =>
        SignaturePolicy.OfIdentity(issuer, identity, Sigstore.TrustRoot(), out var fault)
            ?? throw new InvalidOperationException(fault);

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await Sigstore.DisposeAsync();
    }

    private static async Task<SignedBundle> SignAsync(Signer made)
    {
        using var signer = made;
        return await signer.SignAsync(Statement.ToPayload(), ModelStatement.PayloadType, Cancelled);
    }
}
