using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>The lookups in a registry, and the verdicts on its answers.</summary>
public sealed class VerdictTests
{
    [Fact]
    public async Task A_signature_under_the_tag_is_enough()
    {
        await using var image = await SignedImage.StartAsync();
        image.Sign();

        AssertIs(SignatureOutcome.Verified, "signed by the key cosign.pub", await image.VerifyAsync());

        Assert.Equal([$"manifests/{image.Tag}", "blobs/sha256"], Asked(image));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bundle_among_the_referrers_is_found_with_their_API_and_without(bool listsReferrers)
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = listsReferrers });
        using var sigstore = new TestSigstore();
        var artifact = image.Refer(Sign(sigstore, image));
        if (!listsReferrers)
            image.Push(FakeManifest.IndexOf(artifact), image.Digest.Replace(':', '-'));

        var verdict = await image.VerifyAsync(sigstore.Policy());

        AssertIs(SignatureOutcome.Verified, $"signed by {TestSigning.Identity} ({TestSigning.Issuer})", verdict);
    }

    [Fact]
    public async Task A_signature_over_the_manifest_is_held_against_what_the_registry_has()
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = true });
        using var sigstore = new TestSigstore();
        var bytes = FakeManifest.Of(FakeManifest.OciIndex, "first").Content;
        image.Refer(Json(sigstore.Sign(new() { IsOfManifest = true, Subject = bytes })));

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(sigstore.Policy())).Outcome);
    }

    [Fact]
    public async Task Signatures_of_cosign_among_the_referrers_are_read_as_well()
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = true });
        var (signature, blobs) = image.Signer.Sign(image.Name, image.Digest);
        var text = Encoding.UTF8.GetString(signature.Content).Replace(
            "\"layers\"",
            $"\"artifactType\":\"application/vnd.dev.cosign.artifact.sig.v1+json\","
                + $"\"subject\":{{\"mediaType\":\"x\",\"digest\":\"{image.Digest}\"}},\"layers\"",
            StringComparison.Ordinal);
        image.Push(new FakeManifest(FakeManifest.OciManifest, Encoding.UTF8.GetBytes(text)), null, [.. blobs]);

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync()).Outcome);
    }

    [Fact]
    public async Task One_good_signature_among_several_is_enough()
    {
        await using var image = await SignedImage.StartAsync();
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var payload = CosignSigner.Payload(image.Name, image.Digest);
        image.Push(
            CosignSigner.Manifest(CosignSigner.Of(strange).Layer(payload), image.Signer.Layer(payload)),
            image.Tag,
            payload);

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync()).Outcome);
    }

    [Fact]
    public async Task An_image_that_nobody_signed_is_unsigned()
    {
        await using var image = await SignedImage.StartAsync();

        var verdict = await image.VerifyAsync();

        AssertIs(SignatureOutcome.Unsigned, $"the registry has no signature of {image.Digest}", verdict);
    }

    [Fact]
    public async Task A_signature_by_another_key_is_refused()
    {
        await using var image = await SignedImage.StartAsync();
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        image.Push(CosignSigner.Of(strange).Sign(image.Name, image.Digest));

        AssertIs(
            SignatureOutcome.Refused,
            $"no signature by the key cosign.pub: {image.Tag}: it was not made with the key cosign.pub",
            await image.VerifyAsync());
    }

    [Fact]
    public async Task A_signature_for_another_repository_is_refused_unless_it_was_copied_from_there()
    {
        await using var image = await SignedImage.StartAsync();
        image.Push(image.Signer.Sign("ghcr.io/acme/app", image.Digest));

        var verdict = await image.VerifyAsync();
        var copied = image.Policy with { SignedAs = ImageReference.Parse("ghcr.io/acme/app") };

        Assert.Equal(SignatureOutcome.Refused, verdict.Outcome);
        Assert.Contains("is for an image of ghcr.io/acme/app, not of", verdict.Message, StringComparison.Ordinal);
        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(copied)).Outcome);
    }

    [Fact]
    public async Task A_signature_of_another_digest_under_this_ones_tag_is_refused()
    {
        await using var image = await SignedImage.StartAsync();
        image.Push(image.Signer.Sign(image.Name, FakeManifest.DigestOf("other"u8)));

        Assert.Contains("the signature is for sha256:", (await image.VerifyAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_registry_that_does_not_answer_is_not_taken_for_one_without_signatures(int status)
    {
        await using var image = await SignedImage.StartAsync();
        image.Registry.When(
            request => request.Reference == image.Tag, FakeReply.Of(status).With("Retry-After", "7200"));

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Unavailable, verdict.Outcome);
        Assert.Contains($"/{image.Tag} answered {status}", verdict.Message, StringComparison.Ordinal);
        Assert.Equal(status is 429 or 503, verdict.RetryAt is not null);
    }

    [Fact]
    public async Task A_good_signature_counts_although_another_could_not_be_read()
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = true });
        using var sigstore = new TestSigstore();
        image.Refer(Sign(sigstore, image));
        image.Registry.When(request => request.Reference == image.Tag, FakeReply.Of(403));

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(sigstore.Policy())).Outcome);
    }

    [Fact]
    public async Task A_bad_signature_beside_one_that_could_not_be_read_decides_nothing()
    {
        await using var image = await SignedImage.StartAsync();
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        image.Push(CosignSigner.Of(strange).Sign(image.Name, image.Digest));
        image.Registry.When(
            request => request.Path.Contains("/referrers/", StringComparison.Ordinal), FakeReply.Of(401));

        Assert.Equal(SignatureOutcome.Unavailable, (await image.VerifyAsync()).Outcome);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_no_signature()
    {
        await using var image = await SignedImage.StartAsync();
        image.Push(image.Signer.Sign(image.Name, image.Digest).Manifest, image.Tag);

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Refused, verdict.Outcome);
        Assert.Contains("answered 404 BLOB_UNKNOWN", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_is_larger_than_any_signature_is_not_even_asked_for()
    {
        await using var image = await SignedImage.StartAsync();
        var layer = image.Signer.Layer(CosignSigner.Payload(image.Name, image.Digest));
        layer["size"] = (1L << 20) + 1;
        image.Push(CosignSigner.Manifest(layer), image.Tag);

        var verdict = await image.VerifyAsync();

        AssertIs(
            SignatureOutcome.Refused,
            $"no signature by the key cosign.pub: {image.Tag}: it is larger than 1 MiB, which no signature is",
            verdict);
        Assert.DoesNotContain("blobs/sha256", Asked(image));
    }

    [Fact]
    public async Task What_is_no_manifest_is_no_answer()
    {
        await using var image = await SignedImage.StartAsync();
        image.Registry.When(
            request => request.Reference == image.Tag, FakeReply.Of(200, "{\"schemaVersion\":2,\"layers\":1}"));

        Assert.Equal(SignatureOutcome.Unavailable, (await image.VerifyAsync()).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"mediaType\":\"x\",\"verificationMaterial\":{\"tlogEntries\":[null]}}")]
    [InlineData("{\"mediaType\":\"x\",\"verificationMaterial\":null}")]
    [InlineData("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}")]
    public async Task A_bundle_that_is_none_is_refused(string blob)
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = true });
        image.Refer(Encoding.UTF8.GetBytes(blob));

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Refused, verdict.Outcome);
        Assert.Contains("bundle is malformed: it cannot be read at $", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attestations_of_other_kinds_are_no_signatures_and_their_content_is_not_fetched()
    {
        await using var image = await SignedImage.StartAsync(new() { ListsReferrers = true });
        image.Refer("{}"u8.ToArray(), "application/spdx+json");

        Assert.Equal(SignatureOutcome.Unsigned, (await image.VerifyAsync()).Outcome);
        Assert.DoesNotContain("blobs/sha256", Asked(image));
    }

    [Fact]
    public async Task Of_many_bad_signatures_three_are_named()
    {
        await using var image = await SignedImage.StartAsync();
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var payload = CosignSigner.Payload(image.Name, image.Digest);
        var layers = Enumerable.Range(0, 16).Select(_ => CosignSigner.Of(strange).Layer(payload));
        image.Push(CosignSigner.Manifest([.. layers]), image.Tag, payload);

        var verdict = await image.VerifyAsync();

        Assert.EndsWith("; and 13 more", verdict.Message, StringComparison.Ordinal);
        Assert.Equal(16, Asked(image).Count(path => path == "blobs/sha256"));
    }

    [Fact]
    public async Task What_strangers_wrote_stays_one_short_line()
    {
        await using var image = await SignedImage.StartAsync();
        image.Push(image.Signer.Sign($"evil\\n\\u001b[2J{new string('x', 1000)}", image.Digest));

        var message = (await image.VerifyAsync()).Message;

        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 100, 400);
    }

    [Fact]
    public async Task Whoever_cancels_gets_no_verdict()
    {
        await using var image = await SignedImage.StartAsync();
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SignatureVerifier(client).VerifyAsync(
            ImageReference.Parse(image.Name), Digest.Parse(image.Digest), image.Policy, cancelled.Token));
    }

    private static byte[] Sign(TestSigstore sigstore, SignedImage image) => Json(
        sigstore.Sign(new() { Subject = FakeManifest.Of(FakeManifest.OciIndex, "first").Content }));

    private static byte[] Json(JsonObject bundle) => Encoding.UTF8.GetBytes(bundle.ToJsonString());

    private static IEnumerable<string> Asked(SignedImage image) =>
        image.Registry.Requests.Where(request => request.AuthKind == "Bearer")
            .Select(request => request.Path["/v2/app/".Length..])
            .Select(path => path.StartsWith("blobs/", StringComparison.Ordinal) ? path.Split(':')[0] : path);

    private static void AssertIs(SignatureOutcome outcome, string message, SignatureVerdict verdict) =>
        Assert.Equal((outcome, message), (verdict.Outcome, verdict.Message));
}
