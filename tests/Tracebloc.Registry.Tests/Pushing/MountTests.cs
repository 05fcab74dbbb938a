using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class MountTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(202, false)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(405, false)]
    public async Task A_refused_mount_is_no_failure_and_leaves_no_upload(int status, bool isMounted)
    {
        await using var fixture = await PushFixture.StartAsync(new FakeUploadOptions { MountStatus = status });
        var blob = new SampleBlob(100);
        fixture.Registry.PushBlob("other", blob.Bytes);

        var mounted = await MountAsync(fixture, blob, fixture.Image("other"));

        Assert.Equal((Verdict.Ok, isMounted), (mounted.Verdict, mounted.Value));
        Assert.Equal(isMounted, fixture.Registry.BlobOf("app", blob.Digest.ToString()) is not null);
        Assert.Empty(fixture.Registry.Uploads.Open);
    }

    [Fact]
    public async Task The_token_for_a_mount_has_the_own_scope_last()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(100);
        fixture.Registry.PushBlob("other", blob.Bytes);

        await MountAsync(fixture, blob, fixture.Image("other"));

        Assert.Equal(
            ["repository:other:pull", "repository:app:pull,push"],
            Assert.Single(fixture.Registry.Tokens.Requests).Scopes);
    }

    [Fact]
    public async Task A_blob_of_another_registry_is_not_mounted()
    {
        await using var fixture = await PushFixture.StartAsync();

        var mounted = await MountAsync(fixture, new SampleBlob(100), ImageReference.Parse("ghcr.io/org/other"));

        Assert.Equal((Verdict.Ok, false), (mounted.Verdict, mounted.Value));
        Assert.Empty(fixture.Registry.Requests);
    }

    [Fact]
    public async Task A_server_error_is_a_failure()
    {
        await using var fixture = await PushFixture.StartAsync();
        fixture.Registry.When(request => request.Method == "POST", FakeReply.Of(502));

        var mounted = await fixture.ThroughPausesAsync(
            MountAsync(fixture, new SampleBlob(100), fixture.Image("other")));

        Assert.Equal(Verdict.Transient, mounted.Verdict);
    }

    private static Task<Fetched<bool>> MountAsync(PushFixture fixture, SampleBlob blob, ImageReference from) =>
        fixture.Client.MountBlobAsync(fixture.Repository, blob.Digest, from, PushFixture.Cancellation);
}
