using System.Security.Cryptography;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>
/// An image in a fake registry, not signed yet, a key to sign it with, and a verifier that knows the public half.
/// </summary>
internal sealed class SignedImage : IAsyncDisposable
{
    public const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RegistryClient _client = new(new RegistryOptions(), TimeProvider.System);

    private SignedImage(FakeRegistry registry)
    {
        Registry = registry;
        Digest = registry.Push("app", "v1", "first");
        Signer = CosignSigner.Of(_key);
    }

    public FakeRegistry Registry { get; }

    public string Digest { get; }

    public CosignSigner Signer { get; }

    public string Name => $"{Registry.Host}/app";

    public string Tag => CosignSigner.TagOf(Digest);

    public SignaturePolicy Policy =>
        SignaturePolicy.OfKey(_key.ExportSubjectPublicKeyInfoPem(), "cosign.pub", out var fault)
        ?? throw new InvalidOperationException(fault);

    public static async Task<SignedImage> StartAsync(FakeRegistryOptions? options = null) =>
        new(await FakeRegistry.StartAsync(options, TestContext.Current.CancellationToken));

    /// <summary>Signs with the key, under cosign's tag.</summary>
    public void Sign() => Push(Signer.Sign(Name, Digest));

    public void Push((FakeManifest Manifest, IReadOnlyList<byte[]> Blobs) signature) =>
        Push(signature.Manifest, Tag, [.. signature.Blobs]);

    public void Push(FakeManifest manifest, string? tag, params byte[][] blobs)
    {
        foreach (var blob in blobs)
            Registry.PushBlob("app", blob);
        Registry.Push("app", tag, manifest);
    }

    /// <summary>Stores an artifact that refers to the image.</summary>
    public FakeManifest Refer(byte[] blob, string type = Bundle)
    {
        var artifact = FakeManifest.Artifact(type, Digest, blob);
        Push(artifact, null, blob);
        return artifact;
    }

    public Task<SignatureVerdict> VerifyAsync(
        SignaturePolicy? policy = null, VerificationLimits? limits = null) =>
        new SignatureVerifier(_client, limits).VerifyAsync(
            ImageReference.Parse($"{Name}:v1"),
            Tracebloc.Registry.Digest.Parse(Digest),
            policy ?? Policy,
            TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _key.Dispose();
        await Registry.DisposeAsync();
    }
}
