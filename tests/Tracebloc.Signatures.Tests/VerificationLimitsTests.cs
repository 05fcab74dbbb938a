using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>The requests, signatures and bytes that one verification may take, and the outcome beyond.</summary>
public sealed class VerificationLimitsTests
{
    private static readonly VerificationLimits Usual = VerificationLimits.Default;
    private static readonly string Megabyte = new(' ', 1 << 20);

    [Theory]
    [InlineData(16, SignatureOutcome.Refused, "no signature by the key cosign.pub: ")]
    [InlineData(17, SignatureOutcome.Undecided, "no verdict: the registry has more than 16 signatures")]
    public async Task Seventeen_candidates_are_unresolved_and_not_refused(
        int count, SignatureOutcome outcome, string message)
    {
        await using var image = await StartAsync();
        var layers = Strange(image, count);
        image.Push(CosignSigner.Manifest([.. layers.Manifest]), image.Tag, layers.Payload);

        var verdict = await image.VerifyAsync();

        Assert.Equal(outcome, verdict.Outcome);
        Assert.StartsWith(message, verdict.Message, StringComparison.Ordinal);
        Assert.Equal(16, image.Registry.Requests.Count(IsForBlob));
    }

    [Fact]
    public async Task The_good_one_among_sixteen_is_found()
    {
        await using var image = await StartAsync();
        var (strange, payload) = Strange(image, 15);
        image.Push(CosignSigner.Manifest([.. strange, image.Signer.Layer(payload)]), image.Tag, payload);

        Assert.Equal(SignatureOutcome.Verified, (await image.VerifyAsync()).Outcome);
    }

    [Fact]
    public async Task The_images_manifest_is_fetched_once()
    {
        await using var image = await StartAsync(listsReferrers: true);
        using var strange = new TestSigstore();
        for (var i = 0; i < 16; i++)
            image.Refer(Encoding.UTF8.GetBytes(strange.Sign(new()
            {
                IsOfManifest = true,
                Subject = FakeManifest.Of(FakeManifest.OciIndex, "first").Content,
            }).ToJsonString()));

        Assert.Equal(SignatureOutcome.Refused, (await image.VerifyAsync()).Outcome);

        // cosign's tag, the list, the image, and a manifest and a blob of each signature.
        Assert.Single(image.Registry.Requests, request => request.Reference == image.Digest && IsForManifest(request));
        Assert.Equal(35, image.Registry.Requests.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Nothing_is_asked_after_the_budget(int requests)
    {
        await using var image = await StartAsync(listsReferrers: true);
        using var strange = new TestSigstore();
        for (var i = 0; i < 9; i++)
            image.Refer(Encoding.UTF8.GetBytes(strange.Sign().ToJsonString()));

        var verdict = await image.VerifyAsync(limits: Usual with { Requests = requests });

        Assert.Equal(SignatureOutcome.Undecided, verdict.Outcome);
        Assert.Equal($"no verdict: its signatures take more than {requests} requests", verdict.Message);
        Assert.Equal(requests, image.Registry.Requests.Count);
    }

    [Fact]
    public async Task Eight_megabytes_are_enough_for_a_verification()
    {
        await using var image = await StartAsync();
        var blobs = Enumerable.Range(0, 16).Select(i => Encoding.UTF8.GetBytes($"{i}".PadRight(1 << 20))).ToList();
        var layers = blobs.Select(image.Signer.Layer).ToList();
        image.Push(CosignSigner.Manifest([.. layers]), image.Tag, [.. blobs]);

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Undecided, verdict.Outcome);
        Assert.Equal("no verdict: its signatures take more than 8 MiB", verdict.Message);
        Assert.Equal(8, image.Registry.Requests.Count(IsForBlob));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task The_bytes_of_failing_answers_count(int status)
    {
        await using var image = await StartAsync();
        var blobs = Enumerable.Range(0, 16).Select(i => Encoding.UTF8.GetBytes($"{i}")).ToList();
        image.Push(CosignSigner.Manifest([.. blobs.Select(image.Signer.Layer)]), image.Tag, [.. blobs]);
        image.Registry.When(IsForBlob, FakeReply.Of(status, Megabyte));

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Undecided, verdict.Outcome);
        Assert.Equal("no verdict: its signatures take more than 8 MiB", verdict.Message);
        Assert.Equal(8, image.Registry.Requests.Count(IsForBlob));
    }

    [Fact]
    public async Task The_bytes_of_what_is_no_manifest_count()
    {
        await using var image = await StartAsync(listsReferrers: true);
        var referrers = Enumerable.Range(0, 16)
            .Select(i => image.Refer(Encoding.UTF8.GetBytes($"{i}")).Digest).ToHashSet();
        image.Registry.When(request => referrers.Contains(request.Reference), FakeReply.Of(200, Megabyte));

        var verdict = await image.VerifyAsync();

        Assert.Equal("no verdict: its signatures take more than 8 MiB", verdict.Message);
        Assert.Equal(8, image.Registry.Requests.Count(request => referrers.Contains(request.Reference)));
    }

    [Fact]
    public async Task A_manifest_that_is_too_large_stays_so_and_is_no_outage()
    {
        await using var image = await StartAsync();
        image.Registry.When(request => request.Reference == image.Tag, FakeReply.Of(200, Megabyte + " "));

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Undecided, verdict.Outcome);
        Assert.StartsWith($"no verdict: {image.Tag}: GET ", verdict.Message, StringComparison.Ordinal);
        Assert.Contains(": the body is larger than 1 MiB; ", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_signatures_are_not_taken_for_the_outage_beside_them()
    {
        await using var image = await StartAsync(listsReferrers: true);
        for (var i = 0; i < 17; i++)
            image.Refer(Encoding.UTF8.GetBytes($"{i}"));
        image.Registry.When(request => request.Reference == image.Tag, FakeReply.Of(403));

        Assert.Equal(SignatureOutcome.Undecided, (await image.VerifyAsync()).Outcome);
    }

    [Fact]
    public async Task A_list_that_is_not_read_to_its_end_decides_nothing()
    {
        await using var image = await StartAsync(listsReferrers: true);
        for (var i = 0; i < 17; i++)
            image.Refer(Encoding.UTF8.GetBytes($"{{\"contents\":{i}}}"), "application/spdx+json");

        var verdict = await image.VerifyAsync();

        Assert.Equal(SignatureOutcome.Undecided, verdict.Outcome);
        Assert.Equal("no verdict: the registry lists more referrers than are read", verdict.Message);
    }

    [Fact]
    public async Task The_time_of_signing_is_the_earliest_that_is_proved()
    {
        await using var image = await StartAsync(listsReferrers: true);
        using var sigstore = new TestSigstore();
        image.Refer(Encoding.UTF8.GetBytes(sigstore.Sign(new()
        {
            Subject = FakeManifest.Of(FakeManifest.OciIndex, "first").Content,
            LoggedAt = TestSigning.Noon.AddMinutes(2),
            StampedAt = TestSigning.Noon.AddMinutes(1),
        }).ToJsonString()));
        image.Sign();

        Assert.Equal(TestSigning.Noon.AddMinutes(1), (await image.VerifyAsync(sigstore.Policy())).SignedAt);
        Assert.Null((await image.VerifyAsync()).SignedAt);
    }

    private static Task<SignedImage> StartAsync(bool listsReferrers = false) => SignedImage.StartAsync(
        new() { Authentication = FakeAuthentication.None, ListsReferrers = listsReferrers });

    /// <summary>Layers of a manifest under cosign's tag, all by the same unknown key.</summary>
    private static (IReadOnlyList<JsonObject> Manifest, byte[] Payload) Strange(
        SignedImage image, int count)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var payload = CosignSigner.Payload(image.Name, image.Digest);
        return ([.. Enumerable.Range(0, count).Select(_ => CosignSigner.Of(key).Layer(payload))], payload);
    }

    private static bool IsForBlob(FakeRequest request) => request.Path.Contains("/blobs/", StringComparison.Ordinal);

    private static bool IsForManifest(FakeRequest request) =>
        request.Path.Contains("/manifests/", StringComparison.Ordinal);
}
