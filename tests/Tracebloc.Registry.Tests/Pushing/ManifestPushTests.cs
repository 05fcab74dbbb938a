using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class ManifestPushTests
{
    private const string Kind = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private static readonly ReferrerFilter Any = new(_ => true, "kind", _ => true);

    [Fact]
    public async Task A_manifest_is_found_by_its_tag_and_a_second_push_changes_nothing()
    {
        await using var fixture = await PushFixture.StartAsync();
        var manifest = FakeManifest.Of(FakeManifest.OciManifest, "first");

        for (var time = 1; time <= 2; time++)
        {
            var pushed = await PushAsync(fixture, "app:v1", manifest);
            Assert.Equal(manifest.Digest, pushed.Value?.ToString() ?? pushed.Message);
        }

        var found = await fixture.Client.GetManifestAsync(fixture.Image("app:v1"), PushFixture.Cancellation);
        Assert.Equal(manifest.Content, found.Value?.Content.ToArray());
    }

    [Fact]
    public async Task A_manifest_is_pushed_by_its_digest()
    {
        await using var fixture = await PushFixture.StartAsync();
        var manifest = FakeManifest.Of(FakeManifest.OciManifest, "first");

        var pushed = await PushAsync(fixture, $"app@{manifest.Digest}", manifest);

        Assert.Equal(manifest.Digest, pushed.Value?.ToString() ?? pushed.Message);
    }

    [Fact]
    public async Task A_manifest_that_belies_its_reference_is_not_sent()
    {
        await using var fixture = await PushFixture.StartAsync();

        var pushed = await PushAsync(
            fixture, $"app@{FakeManifest.DigestOf("else"u8)}", FakeManifest.Of(FakeManifest.OciManifest, "first"));

        Assert.Equal(Verdict.Invalid, pushed.Verdict);
        Assert.Empty(fixture.Registry.Requests);
    }

    [Fact]
    public async Task Another_digest_in_the_answer_is_invalid_and_both_are_named()
    {
        var wrong = FakeManifest.DigestOf("else"u8);
        await using var fixture = await PushFixture.StartAsync(new FakeUploadOptions { WrongDigest = wrong });
        var manifest = FakeManifest.Of(FakeManifest.OciManifest, "first");

        var pushed = await PushAsync(fixture, "app:v1", manifest);

        Assert.Equal(Verdict.Invalid, pushed.Verdict);
        Assert.Contains(wrong, pushed.Message);
        Assert.Contains(manifest.Digest, pushed.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Referrers_are_found_with_the_api_and_without(bool hasApi)
    {
        await using var fixture = await PushFixture.StartAsync(
            options: new FakeRegistryOptions { ListsReferrers = hasApi });
        var (first, second) = (ArtifactOf("first"), ArtifactOf("second"));

        foreach (var artifact in (FakeManifest[])[first, second, first])
            await AssertPushedAsync(fixture, artifact);

        var list = await fixture.Client.GetReferrersAsync(
            fixture.Repository, Subject, Any, PushFixture.Cancellation);
        Assert.Equal(
            new[] { first.Digest, second.Digest }.Order(),
            (list.Value?.Found ?? []).Select(found => found.Digest.ToString()).Order());
        Assert.Equal(hasApi, await IsAbsentAsync(fixture, $"app:{TagOfSubject}"));
    }

    [Fact]
    public async Task An_index_that_cannot_be_read_is_not_overwritten()
    {
        await using var fixture = await PushFixture.StartAsync();
        await AssertPushedAsync(fixture, ArtifactOf("first"));
        fixture.Registry.When(
            request => request.Method == "GET" && request.Reference == TagOfSubject, FakeReply.Of(403));

        var second = ArtifactOf("second");
        var pushed = await fixture.ThroughPausesAsync(fixture.Client.PushReferrerAsync(
            fixture.Repository, Subject, second.MediaType, second.Content, PushFixture.Cancellation));

        Assert.Equal(Verdict.Auth, pushed.Verdict);
        Assert.Single(fixture.Registry.Requests, request => IsWriteOfIndex(request));
    }

    [Fact]
    public async Task An_entry_that_another_writer_removed_is_added_again()
    {
        await using var fixture = await PushFixture.StartAsync();
        var others = FakeManifest.IndexOf(ArtifactOf("others"));
        var writes = 0;
        fixture.Registry.When(
            request => IsWriteOfIndex(request) && ++writes == 1, request => Overwrite(fixture, others));
        var own = ArtifactOf("own");

        await AssertPushedAsync(fixture, own);

        var list = await fixture.Client.GetReferrersAsync(
            fixture.Repository, Subject, Any, PushFixture.Cancellation);
        Assert.Equal(2, list.Value?.Found.Count);
    }

    private static Digest Subject => Digest.Of("the subject"u8);

    private static string TagOfSubject => Subject.ToString().Replace(':', '-');

    private static FakeManifest ArtifactOf(string label) =>
        FakeManifest.Artifact(Kind, Subject.ToString(), "{}"u8.ToArray(), ("kind", label));

    private static bool IsWriteOfIndex(FakeRequest request) =>
        request.Method == "PUT" && request.Reference == TagOfSubject;

    private static FakeReply Overwrite(PushFixture fixture, FakeManifest index)
    {
        fixture.Registry.Push("app", TagOfSubject, index);
        return FakeReply.Of(201);
    }

    private static async Task<bool> IsAbsentAsync(PushFixture fixture, string name) =>
        (await fixture.Client.GetManifestAsync(fixture.Image(name), PushFixture.Cancellation)).Verdict
            is Verdict.NotFound;

    private static async Task AssertPushedAsync(PushFixture fixture, FakeManifest artifact)
    {
        var pushed = await fixture.Client.PushReferrerAsync(
            fixture.Repository, Subject, artifact.MediaType, artifact.Content, PushFixture.Cancellation);
        Assert.Equal(artifact.Digest, pushed.Value?.ToString() ?? pushed.Message);
    }

    private static Task<Fetched<Digest>> PushAsync(PushFixture fixture, string name, FakeManifest manifest) =>
        fixture.Client.PushManifestAsync(
            fixture.Image(name), manifest.MediaType, manifest.Content, PushFixture.Cancellation);
}
