using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>Lists of referrers: their entries give hints, the manifests decide.</summary>
public sealed class ReferrerTests : IDisposable
{
    private const string Empty = "application/vnd.oci.empty.v1+json", Contents = "application/spdx+json";
    private const string Predicate = "dev.sigstore.bundle.predicateType";

    private readonly TestSigstore _sigstore = new();

    [Theory]
    [InlineData(false, Empty)]
    [InlineData(true, Empty)]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "")]
    [InlineData(false, "application/vnd.oci.image.config.v1+json")]
    [InlineData(true, Contents)]
    public async Task A_bundle_is_found_whatever_type_its_entry_states(bool hasApi, string? type)
    {
        await using var image = await SignedImage.StartAsync();
        List(image, hasApi, FakeManifest.IndexStating(type, image.Refer(Signature())));

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(_sigstore.Policy())).Outcome);
    }

    [Fact]
    public async Task Cosigns_own_layout_is_found_among_entries_without_a_type()
    {
        await using var image = await SignedImage.StartAsync();
        var (signature, blobs) = image.Signer.Sign(image.Name, image.Digest);
        image.Push(signature, null, [.. blobs]);
        List(image, hasApi: false, FakeManifest.IndexStating(null, signature));

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync()).Outcome);
    }

    [Fact]
    public async Task One_good_signature_among_several_entries_is_enough()
    {
        await using var image = await SignedImage.StartAsync();
        using var other = new TestSigstore();
        var (contents, strange, good) = (Attestation(image), image.Refer(Signature(other)), image.Refer(Signature()));
        List(image, hasApi: false, FakeManifest.IndexStating(Empty, contents, strange, good));

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(_sigstore.Policy())).Outcome);
    }

    [Fact]
    public async Task Another_artifact_that_is_listed_as_a_signature_is_none()
    {
        await using var image = await SignedImage.StartAsync();
        var artifact = FakeManifest.Artifact(Contents, image.Digest, "{}"u8.ToArray());
        image.Push(artifact, null, "{}"u8.ToArray());
        List(image, hasApi: false, FakeManifest.IndexStating(SignedImage.Bundle, artifact));

        Assert.Equal(SignatureOutcome.Unsigned, (await image.VerifyAsync(_sigstore.Policy())).Outcome);
        Assert.DoesNotContain(image.Registry.Requests, IsForBlob);
    }

    [Theory]
    [InlineData(SignedImage.Bundle)]
    [InlineData(Empty)]
    public async Task An_attestation_that_the_manifest_names_as_one_is_no_signature_and_is_not_read(string type)
    {
        await using var image = await SignedImage.StartAsync();
        List(image, hasApi: false, FakeManifest.IndexStating(type, Attestation(image)));

        Assert.Equal(SignatureOutcome.Unsigned, (await image.VerifyAsync(_sigstore.Policy())).Outcome);
        Assert.DoesNotContain(image.Registry.Requests, IsForBlob);
    }

    [Fact]
    public async Task A_signature_that_the_manifest_names_as_one_is_read()
    {
        await using var image = await SignedImage.StartAsync();
        var bundle = Signature();
        var manifest = FakeManifest.Artifact(
            SignedImage.Bundle, image.Digest, bundle, (Predicate, "https://sigstore.dev/cosign/sign/v1"));
        image.Push(manifest, null, bundle);
        List(image, hasApi: false, FakeManifest.IndexStating(Empty, manifest));

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync(_sigstore.Policy())).Outcome);
    }

    [Fact]
    public async Task Likely_signatures_are_asked_for_first_and_nothing_twice()
    {
        await using var image = await SignedImage.StartAsync();
        var others = Enumerable.Range(0, 70)
            .Select(i => FakeManifest.Artifact(Contents, image.Digest, Encoding.UTF8.GetBytes($"{i}"))).ToList();
        var good = image.Refer(Signature());
        List(image, hasApi: true, FakeManifest.IndexOf([.. others, good, good]));

        var verdict = await image.VerifyAsync(_sigstore.Policy());
        var strange = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Verified, verdict.Outcome);
        Assert.Equal(SignatureOutcome.Undecided, strange.Outcome);
        Assert.Equal([good.Digest, good.Digest], Asked(image, [good]));
        Assert.Equal(16, Asked(image, others).Distinct().Count());
    }

    [Theory]
    [InlineData(404, SignatureOutcome.Refused)]
    [InlineData(503, SignatureOutcome.Unavailable)]
    public async Task A_manifest_that_cannot_be_had_is_not_taken_for_none(int status, SignatureOutcome outcome)
    {
        await using var image = await SignedImage.StartAsync();
        var lost = FakeManifest.Artifact(SignedImage.Bundle, image.Digest, []);
        List(image, hasApi: false, FakeManifest.IndexStating(Empty, lost));
        image.Registry.When(request => request.Reference == lost.Digest, FakeReply.Of(status));

        Assert.Equal(outcome, (await image.VerifyAsync(_sigstore.Policy())).Outcome);
    }

    public void Dispose() => _sigstore.Dispose();

    /// <summary>Lists what refers to the image: in the answer of the API, or under the tag in its place.</summary>
    private static void List(SignedImage image, bool hasApi, FakeManifest index)
    {
        if (hasApi)
            image.Registry.When(
                request => request.Path.Contains("/referrers/", StringComparison.Ordinal),
                FakeReply.Of(200, Encoding.UTF8.GetString(index.Content), index.MediaType));
        else
            image.Push(index, image.Digest.Replace(':', '-'));
    }

    private byte[] Signature() => Signature(_sigstore);

    private static byte[] Signature(TestSigstore sigstore) => Encoding.UTF8.GetBytes(
        sigstore.Sign(new() { Subject = FakeManifest.Of(FakeManifest.OciIndex, "first").Content }).ToJsonString());

    private static FakeManifest Attestation(SignedImage image)
    {
        var attestation = FakeManifest.Artifact(
            SignedImage.Bundle, image.Digest, "{}"u8.ToArray(), (Predicate, "https://spdx.dev/Document"));
        image.Push(attestation, null, "{}"u8.ToArray());
        return attestation;
    }

    private static bool IsForBlob(FakeRequest request) => request.Path.Contains("/blobs/", StringComparison.Ordinal);

    private static IEnumerable<string> Asked(SignedImage image, IReadOnlyList<FakeManifest> manifests) =>
        image.Registry.Requests.Where(request => request.AuthKind == "Bearer")
            .Select(request => request.Reference)
            .Where(reference => manifests.Any(manifest => manifest.Digest == reference));
}
