using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Registry;
using Tracebloc.Signatures.Signing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests.Signing;

/// <summary>The library verifies what it signs, in each mode, and refuses it once anything is changed.</summary>
public sealed class SignerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_identity_signs_a_model(bool isVersion2)
    {
        await using var scene = await SigningScene.StartAsync(isVersion2);

        var bundle = await scene.SignAsync();

        var verdict = BundleVerifier.VerifyModel(bundle.Content, scene.Policy(), SigningScene.Files);
        Assert.Equal((SignatureOutcome.Verified, ""), (verdict.Outcome, FaultOf(verdict)));
        Assert.NotNull(verdict.SignedAt);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_log_or_a_timestamp_authority_suffices(bool hasLog, bool hasAuthority)
    {
        await using var scene = await SigningScene.StartAsync();
        var services = scene.Services with
        {
            Rekor = hasLog ? scene.Sigstore.Address : null,
            TimestampAuthority = hasAuthority ? scene.Sigstore.Address : null,
        };

        var material = JsonNode.Parse((await scene.SignAsync(services)).Content.Span)!["verificationMaterial"]!;

        Assert.Equal((hasLog, hasAuthority), (
            material["tlogEntries"] is not null, material["timestampVerificationData"] is not null));
    }

    [Fact]
    public async Task A_key_signs_a_model_and_asks_nothing()
    {
        using var key = SigningKey.Create();
        await using var scene = await SigningScene.StartAsync();

        var bundle = await SigningScene.SignAsync(key, new SigningServices());

        Assert.Equal("", FaultOf(BundleVerifier.VerifyModel(bundle.Content, PolicyOf(key), SigningScene.Files)));
        Assert.Empty(scene.Sigstore.Requests);
        var material = JsonNode.Parse(bundle.Content.Span)!["verificationMaterial"]!;
        Assert.Equal(key.Hint, (string?)material["publicKey"]!["hint"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_signs_with_a_log_and_a_timestamp(bool isVersion2)
    {
        using var key = SigningKey.Create();
        await using var scene = await SigningScene.StartAsync(isVersion2);

        var bundle = await SigningScene.SignAsync(key, scene.Services with { Fulcio = null });

        Assert.Equal("", FaultOf(BundleVerifier.VerifyModel(bundle.Content, PolicyOf(key), SigningScene.Files)));
    }

    [Fact]
    public async Task Another_key_and_another_set_of_files_are_refused()
    {
        using var key = SigningKey.Create();
        using var other = SigningKey.Create();
        await using var scene = await SigningScene.StartAsync();
        var bundle = await SigningScene.SignAsync(key, new SigningServices());

        Assert.Contains(
            "not made with the key",
            FaultOf(BundleVerifier.VerifyModel(bundle.Content, PolicyOf(other), SigningScene.Files)),
            StringComparison.Ordinal);
        Assert.Contains(
            "is missing",
            FaultOf(BundleVerifier.VerifyModel(bundle.Content, PolicyOf(key), SigningScene.Files.Take(1))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://kubernetes.io/namespaces/models/serviceaccounts/other", SigningScene.Issuer, "the signer is")]
    [InlineData(SigningScene.Identity, "https://issuer.example", "not https://issuer.example")]
    public async Task Another_identity_is_refused(string identity, string issuer, string why)
    {
        await using var scene = await SigningScene.StartAsync();
        var bundle = await scene.SignAsync();

        var verdict = BundleVerifier.VerifyModel(bundle.Content, scene.Policy(identity, issuer), SigningScene.Files);

        Assert.Contains(why, FaultOf(verdict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_address_signs()
    {
        var claims = SigningScene.Claims;
        claims["email"] = "robot@example.com";
        claims["sub"] = "1234";
        await using var scene = await SigningScene.StartAsync(claims: claims);
        var bundle = await scene.SignAsync();

        var verdict = BundleVerifier.VerifyModel(bundle.Content, scene.Policy("robot@example.com"), SigningScene.Files);

        Assert.Equal("", FaultOf(verdict));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_changed_value_is_refused(bool isVersion2)
    {
        await using var scene = await SigningScene.StartAsync(isVersion2);
        var policy = scene.Policy();
        var bundle = JsonNode.Parse((await scene.SignAsync()).Content.Span)!.AsObject();

        foreach (var path in Tampering.PathsIn(bundle))
        {
            var changed = Encoding.UTF8.GetBytes(Tampering.With(bundle, path).ToJsonString());
            var verdict = BundleVerifier.VerifyModel(changed, policy, SigningScene.Files);
            Assert.Equal((path, SignatureOutcome.Refused), (path, verdict.Outcome));
        }
    }

    [Fact]
    public async Task An_image_is_signed_by_its_digest()
    {
        using var key = SigningKey.Create();
        var digest = Digest.Of("image"u8);
        using var signer = Signer.OfKey(key, new SigningServices(), TimeProvider.System);
        var payload = ImageStatement.PayloadOf(digest);
        var bundle = await signer.SignAsync(
            payload, ImageStatement.PayloadType, TestContext.Current.CancellationToken);
        var image = ImageReference.Parse("registry.example/acme/model");

        Assert.Equal(
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
            + $"{digest.Hex}\"}}}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{{}}}}",
            Encoding.UTF8.GetString(payload.Span));
        Assert.Equal("", FaultOf(BundleVerifier.VerifyImage(bundle.Content, PolicyOf(key), image, digest)));
        Assert.Contains(
            "about another image",
            FaultOf(BundleVerifier.VerifyImage(bundle.Content, PolicyOf(key), image, Digest.Of("other"u8))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_image_is_verified_in_its_registry()
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = true });
        using var key = SigningKey.Create();
        using var signer = Signer.OfKey(key, new SigningServices(), TimeProvider.System);
        var digest = Digest.Parse(image.Digest);
        var bundle = await signer.SignAsync(
            ImageStatement.PayloadOf(digest), ImageStatement.PayloadType, TestContext.Current.CancellationToken);
        var subject = new Descriptor { MediaType = BundleReferrer.ManifestType, Digest = digest, Size = 7 };
        var manifest = BundleReferrer.Manifest(
            subject,
            Digest.Of(bundle.Content.Span),
            bundle.Content.Length,
            ImageStatement.PredicateType,
            TestSigning.Noon);

        image.Push(
            new FakeManifest(BundleReferrer.ManifestType, manifest.ToArray()), null, bundle.Content.ToArray(),
            BundleReferrer.Config.ToArray());

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(PolicyOf(key))).Outcome);
    }

    [Fact]
    public void The_manifest_of_a_referrer_is_that_of_cosign()
    {
        var subject = new Descriptor
        {
            MediaType = "application/vnd.oci.image.index.v1+json",
            Digest = Digest.Of("image"u8),
            Size = 5,
        };
        var manifest = BundleReferrer.Manifest(
            subject, Digest.Of("bundle"u8), 6, ImageStatement.PredicateType, TestSigning.Noon);

        Assert.Equal(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"artifactType\":"
            + "\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"config\":{\"mediaType\":"
            + "\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:"
            + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},\"layers\":["
            + "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"digest\":\""
            + $"{Digest.Of("bundle"u8)}\",\"size\":6}}],\"subject\":{{\"mediaType\":"
            + $"\"application/vnd.oci.image.index.v1+json\",\"digest\":\"{Digest.Of("image"u8)}\",\"size\":5}},"
            + "\"annotations\":{\"dev.sigstore.bundle.content\":\"dsse-envelope\","
            + "\"dev.sigstore.bundle.predicateType\":\"https://sigstore.dev/cosign/sign/v1\","
            + "\"org.opencontainers.image.created\":\"2026-01-01T12:00:00Z\"}}",
            Encoding.UTF8.GetString(manifest.Span));
    }

    private static SignaturePolicy PolicyOf(SigningKey key) =>
        SignaturePolicy.OfKey(key.PublicKeyPem, "key.pub", out var fault) ?? throw new InvalidOperationException(fault);

    private static string FaultOf(SignatureVerdict verdict) =>
        verdict.Outcome == SignatureOutcome.Verified ? "" : verdict.Message;
}
