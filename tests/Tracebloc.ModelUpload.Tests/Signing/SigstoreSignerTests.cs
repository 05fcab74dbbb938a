using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Signing;
using Tracebloc.ModelUpload.Tests.Moving;
using Tracebloc.Registry;
using Tracebloc.Signatures;
using Tracebloc.Signatures.Models;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.ModelUpload.Tests.Signing;

public sealed class SigstoreSignerTests : IDisposable
{
    private static readonly IReadOnlyList<PublishedFile> Files =
    [
        new(SomeSource.PathOf("config.json"), 2, Digest.Of("{}"u8)),
        new(SomeSource.PathOf("tok/config.json"), 3, Digest.Of("{ }"u8)),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_key_signs_exactly_the_published_files()
    {
        var (path, policy) = Key();
        using var signer = SignerOf(new SigningSettings { IsOn = true, KeyPath = path });

        await signer.CheckAsync(Token);
        var bundle = await signer.SignModelAsync("file:///models/m", Files, Token);

        var published = Files.Select(file => new ModelFile(file.Path.Text, file.Content!)).ToList();
        Assert.Equal(SignatureOutcome.Verified, BundleVerifier.VerifyModel(bundle, policy, published).Outcome);
        Assert.Equal(
            SignatureOutcome.Refused, BundleVerifier.VerifyModel(bundle, policy, published.Take(1)).Outcome);
    }

    [Fact]
    public async Task A_service_account_signs_keyless_and_is_verified_by_the_trusted_root()
    {
        await using var sigstore = await FakeSigstore.StartAsync(isVersion2: false, TimeProvider.System, Token);
        var root = Write("trusted_root.json", Encoding.UTF8.GetString(sigstore.TrustRoot()));
        using var signer = SignerOf(Keyless(sigstore, root));

        var bundle = await signer.SignModelAsync("some://target", Files, Token);

        Assert.Contains("tlogEntries", Encoding.UTF8.GetString(bundle.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_the_trusted_root_does_not_vouch_for_fails_the_run()
    {
        await using var sigstore = await FakeSigstore.StartAsync(isVersion2: false, TimeProvider.System, Token);
        await using var stranger = await FakeSigstore.StartAsync(isVersion2: false, TimeProvider.System, Token);
        var root = Write("trusted_root.json", Encoding.UTF8.GetString(stranger.TrustRoot()));
        using var signer = SignerOf(Keyless(sigstore, root));

        var fault = await Assert.ThrowsAsync<UploadException>(
            () => signer.SignModelAsync("some://target", Files, Token));

        Assert.Equal(UploadExit.Signature, fault.ExitCode);
        Assert.StartsWith("Model signature does not verify: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no key", "Signing key")]
    [InlineData("no token", "Identity token")]
    [InlineData("no root", "Trusted root is missing")]
    public async Task A_setting_that_cannot_work_is_found_by_the_check(string lack, string beginning)
    {
        await using var sigstore = await FakeSigstore.StartAsync(isVersion2: false, TimeProvider.System, Token);
        var absent = Path.Combine(_folder.FullName, "absent");
        var keyless = Keyless(sigstore, null);
        using var signer = SignerOf(lack switch
        {
            "no key" => new SigningSettings { IsOn = true, KeyPath = absent },
            "no token" => keyless with { IdentityTokenPath = absent },
            _ => keyless,
        });

        var fault = await Assert.ThrowsAsync<UploadException>(() => signer.CheckAsync(Token));

        Assert.Equal(UploadExit.Signature, fault.ExitCode);
        Assert.StartsWith(beginning, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_hash_cannot_be_signed()
    {
        using var signer = SignerOf(new SigningSettings { IsOn = true, KeyPath = Key().Path });

        var fault = await Assert.ThrowsAsync<UploadException>(() => signer.SignModelAsync(
            "some://target", [new PublishedFile(SomeSource.PathOf("w.bin"), 1, null)], Token));

        Assert.Equal("Model cannot be signed: the SHA-256 of w.bin is unknown", fault.Message);
    }

    [Fact]
    public async Task An_image_is_signed_by_its_digest_and_verified_where_the_registry_serves_it()
    {
        await using var registry = await FakeRegistry.StartAsync(
            new FakeRegistryOptions { Uploads = new FakeUploadOptions() }, Token);
        registry.Push("org/model", "1.0", "a model");
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System);
        var image = ImageReference.Parse($"{registry.Host}/org/model:1.0");
        var digest = (await client.ResolveAsync([image], Token))[0].Value;
        Assert.NotNull(digest);
        var (path, policy) = Key();
        var means = Means(new SigningSettings { IsOn = true, KeyPath = path });
        using var signer = new SigstoreSigner(means, new ImageSignatures(client, image));

        await signer.SignPublicationAsync(new Publication($"oci://{image}", digest, 0), Token);

        var verdict = await new SignatureVerifier(client).VerifyAsync(image, digest, policy, Token);
        Assert.Equal(SignatureOutcome.Verified, verdict.Outcome);
    }

    private SigningSettings Keyless(FakeSigstore sigstore, string? root) => new()
    {
        IsOn = true,
        FulcioUrl = sigstore.Address,
        RekorUrl = sigstore.Address,
        TsaUrl = sigstore.Address,
        IdentityTokenPath = Write("token", FakeSigstore.TokenOf(new JsonObject
        {
            ["iss"] = "https://kubernetes.default.svc.cluster.local",
            ["aud"] = new JsonArray("sigstore"),
            ["sub"] = "system:serviceaccount:models:upload",
        })),
        TrustedRootPath = root,
    };

    private SigstoreSigner SignerOf(SigningSettings settings) => new(Means(settings), null);

    private SigningMeans Means(SigningSettings settings) =>
        new(settings, _folder.FullName, new ServiceConnection { Attempts = 1 }, TimeProvider.System);

    private (string Path, SignaturePolicy Policy) Key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var policy = SignaturePolicy.OfKey(key.ExportSubjectPublicKeyInfoPem(), "k", out _);
        Assert.NotNull(policy);
        return (Write("key.pem", key.ExportPkcs8PrivateKeyPem()), policy);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
