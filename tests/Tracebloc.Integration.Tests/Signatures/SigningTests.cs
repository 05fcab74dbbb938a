using Tracebloc.Registry;
using Tracebloc.Signatures;
using Tracebloc.Signatures.Models;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.Integration.Tests.Signatures;

/// <summary>The real cosign accepts the signatures of the library, and the library those of cosign.</summary>
public sealed class SigningTests(RealSigstore sigstore) : IClassFixture<RealSigstore>
{
    private static readonly byte[] Artifact = "an artifact"u8.ToArray();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signature_of_an_identity_is_verified_by_cosign()
    {
        RealParts.SkipWithout(RealParts.Sigstore);
        using var signer = Signer.Keyless(sigstore.Token, sigstore.Services, TimeProvider.System);

        await VerifyAsync(signer, isKeyless: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signature_of_cosigns_key_is_verified_by_cosign(bool isLogged)
    {
        RealParts.SkipWithout(RealParts.Sigstore);
        using var key = SigningKey.Read(
            await File.ReadAllTextAsync(sigstore.Key, Cancelled), RealSigstore.Password, out var fault);
        Assert.Null(fault);
        using var signer = Signer.OfKey(
            key!, isLogged ? sigstore.Services : new SigningServices(), TimeProvider.System);

        await VerifyAsync(signer, isKeyless: false);
    }

    [Fact]
    public async Task A_signature_of_a_model_is_verified_by_the_trusted_root()
    {
        RealParts.SkipWithout(RealParts.Sigstore);
        using var signer = Signer.Keyless(sigstore.Token, sigstore.Services, TimeProvider.System);
        ModelFile[] files = [new("weights.bin", Digest.Of(Artifact)), new("config.json", Digest.Of("{}"u8))];
        var statement = ModelStatement.Of("model", files, ["model.sig"], out _)!;
        var policy = await PolicyAsync();

        var bundle = await signer.SignAsync(statement.ToPayload(), ModelStatement.PayloadType, Cancelled);

        var verdict = BundleVerifier.VerifyModel(bundle.Content, policy, files);
        Assert.Equal((SignatureOutcome.Verified, $"signed by {policy.Signer}"), (verdict.Outcome, verdict.Message));
    }

    [Fact]
    public async Task A_signature_of_cosign_is_verified_by_the_library()
    {
        RealParts.SkipWithout(RealParts.Sigstore);
        var file = await ArtifactAsync();
        await sigstore.AttestAsync(file);
        var bundle = await File.ReadAllBytesAsync($"{file}.sigstore.json", Cancelled);
        var image = ImageReference.Parse("registry.example/acme/model");

        var verdict = BundleVerifier.VerifyImage(bundle, await PolicyAsync(), image, Digest.Of(Artifact));
        var other = BundleVerifier.VerifyImage(bundle, await PolicyAsync(), image, Digest.Of("other"u8));

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Equal((SignatureOutcome.Verified, SignatureOutcome.Refused), (verdict.Outcome, other.Outcome));
    }

    private static async Task<string> ArtifactAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("signed-").FullName, "artifact");
        await File.WriteAllBytesAsync(file, Artifact, Cancelled);
        return file;
    }

    private async Task<SignaturePolicy> PolicyAsync() => SignaturePolicy.OfIdentity(
        sigstore.Issuer, sigstore.Identity, await File.ReadAllBytesAsync(sigstore.TrustRoot, Cancelled), out _)!;

    private async Task VerifyAsync(Signer signer, bool isKeyless)
    {
        var file = await ArtifactAsync();
        var payload = ImageStatement.PayloadOf(Digest.Of(Artifact));
        var bundle = await signer.SignAsync(payload, ImageStatement.PayloadType, Cancelled);
        await File.WriteAllBytesAsync($"{file}.sigstore.json", bundle.Content, Cancelled);
        try
        {
            await sigstore.VerifyAttestationAsync(file, isKeyless);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}
