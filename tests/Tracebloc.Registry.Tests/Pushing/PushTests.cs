using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class PushTests
{
    private static readonly PushOptions Small = new() { ChunkBytes = 1000 };

    [Theory]
    [InlineData("known", "HEAD HEAD POST PATCH PATCH PATCH PUT")]
    [InlineData("sized", "POST POST PATCH PATCH PATCH PUT")]
    [InlineData("unknown", "POST POST PATCH PUT")]
    public async Task A_blob_goes_in_chunks_where_its_length_is_known_and_in_one_stream_where_not(
        string kind, string traffic)
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(2500);

        var pushed = await fixture.PushAsync(blob.ContentOf(kind), Small);

        fixture.AssertPushed(blob.Bytes, pushed);
        Assert.Equal(traffic, fixture.Traffic);
        Assert.Equal((false, 2500L), (pushed.Value?.WasPresent, pushed.Value?.SentBytes));
        Assert.Equal([0L], blob.Openings);
    }

    [Fact]
    public async Task A_small_blob_with_a_known_digest_goes_in_one_put()
    {
        await using var fixture = await PushFixture.StartAsync(profile: new RegistryProfile { Name = "OCI" });
        var blob = new SampleBlob(2500);

        fixture.AssertPushed(blob.Bytes, await fixture.PushAsync(blob.Known));

        Assert.Equal("HEAD HEAD POST PUT", fixture.Traffic);
    }

    [Fact]
    public async Task A_blob_that_is_there_is_neither_read_nor_sent()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(2500);
        fixture.Registry.PushBlob("app", blob.Bytes);

        var pushed = await fixture.PushAsync(blob.Known);

        fixture.AssertPushed(blob.Bytes, pushed);
        Assert.Equal((true, 0L), (pushed.Value?.WasPresent, pushed.Value?.SentBytes));
        Assert.Empty(blob.Openings);
    }

    [Fact]
    public async Task A_chunk_states_its_range_raw()
    {
        await using var fixture = await PushFixture.StartAsync();

        await fixture.PushAsync(new SampleBlob(1500).Sized, Small);

        var ranges = fixture.Registry.Requests.Where(request => request.Method == "PATCH")
            .Select(request => request.Headers["Content-Range"]);
        Assert.Equal(["0-999", "1000-1499"], ranges);
    }

    [Fact]
    public async Task Chunks_reach_the_least_length_that_the_registry_announces()
    {
        await using var fixture = await PushFixture.StartAsync(new FakeUploadOptions { MinChunk = 2000 });
        var blob = new SampleBlob(5000);

        fixture.AssertPushed(blob.Bytes, await fixture.PushAsync(blob.Sized, Small));

        Assert.Equal("POST POST PATCH PATCH PATCH PUT", fixture.Traffic);
    }

    [Fact]
    public async Task Progress_counts_each_byte_and_the_throttle_sees_it_before()
    {
        await using var fixture = await PushFixture.StartAsync();
        var (sent, passed) = (0L, 0L);
        var options = Small with
        {
            OnSent = bytes => sent += bytes,
            Throttle = (bytes, token) => Task.FromResult(passed += bytes),
        };

        await fixture.PushAsync(new SampleBlob(2500).Sized, options);

        Assert.Equal((2500L, 2500L), (sent, passed));
    }

    [Fact]
    public async Task Another_digest_in_the_answer_is_invalid_and_both_are_named()
    {
        var wrong = FakeManifest.DigestOf("else"u8);
        await using var fixture = await PushFixture.StartAsync(new FakeUploadOptions { WrongDigest = wrong });
        var blob = new SampleBlob(100);

        var pushed = await fixture.PushAsync(blob.Known);

        Assert.Equal(Verdict.Invalid, pushed.Verdict);
        Assert.Contains(wrong, pushed.Message);
        Assert.Contains(blob.Digest.ToString(), pushed.Message);
    }

    [Fact]
    public async Task Content_that_belies_its_digest_is_refused_and_leaves_no_upload()
    {
        await using var fixture = await PushFixture.StartAsync();
        var content = new SampleBlob(2500).Known with { Digest = Digest.Of("else"u8) };

        var pushed = await fixture.PushAsync(content, Small);

        Assert.Equal(Verdict.Invalid, pushed.Verdict);
        Assert.Contains("DIGEST_INVALID", pushed.Message);
        Assert.Empty(fixture.Registry.Uploads.Open);
    }

    [Theory]
    [InlineData(2499)]
    [InlineData(2501)]
    public async Task Content_that_belies_its_length_fails_with_its_own_fault_and_leaves_no_upload(int stated)
    {
        await using var fixture = await PushFixture.StartAsync();
        var content = new SampleBlob(2500).Sized with { Length = stated };

        await Assert.ThrowsAnyAsync<IOException>(() => fixture.PushAsync(content, Small));

        Assert.Empty(fixture.Registry.Uploads.Open);
    }

    [Fact]
    public async Task The_fault_of_the_content_reaches_the_caller_and_leaves_no_upload()
    {
        await using var fixture = await PushFixture.StartAsync();
        var content = new BlobContent(10, null, (_, _) => throw new UnauthorizedAccessException("locked"));

        var fault = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => fixture.PushAsync(content));

        Assert.Equal("locked", fault.Message);
        Assert.Empty(fixture.Registry.Uploads.Open);
    }

    [Fact]
    public async Task A_blob_above_the_registrys_limit_is_refused_before_any_request()
    {
        await using var fixture = await PushFixture.StartAsync(profile: RegistryProfile.Of(
            ImageReference.Parse("ghcr.io/org/app")));

        var pushed = await fixture.PushAsync(new SampleBlob(1).Sized with { Length = 10_000_000_001 });

        Assert.Equal(Verdict.Invalid, pushed.Verdict);
        Assert.Contains("GHCR", pushed.Message);
        Assert.Empty(fixture.Registry.Requests);
    }

    [Fact]
    public async Task A_denied_push_is_no_access_and_leaves_no_upload()
    {
        await using var fixture = await PushFixture.StartAsync(new FakeUploadOptions { CanPush = (_, _) => false });

        var pushed = await fixture.PushAsync(new SampleBlob(10).Sized);
        var check = await fixture.Client.CheckPushAsync(fixture.Repository, PushFixture.Cancellation);

        Assert.Equal((Verdict.Auth, Verdict.Auth), (pushed.Verdict, check.Verdict));
    }

    [Fact]
    public async Task A_check_opens_an_upload_and_leaves_none()
    {
        await using var fixture = await PushFixture.StartAsync();

        var check = await fixture.Client.CheckPushAsync(fixture.Repository, PushFixture.Cancellation);

        Assert.True(check.Value, check.Message);
        Assert.Equal((1, 0), (fixture.Registry.Uploads.Opened, fixture.Registry.Uploads.Open.Count));
    }

    [Fact]
    public async Task One_token_with_both_rights_serves_the_whole_push()
    {
        await using var fixture = await PushFixture.StartAsync();

        await fixture.PushAsync(new SampleBlob(2500).Known, Small);

        var asked = Assert.Single(fixture.Registry.Tokens.Requests);
        Assert.Equal(["repository:app:pull,push"], asked.Scopes);
    }

    [Fact]
    public async Task No_credential_goes_to_an_upload_on_another_host()
    {
        await using var other = await FakeRegistry.StartAsync(
            new FakeRegistryOptions { Authentication = FakeAuthentication.None }, PushFixture.Cancellation);
        other.When(_ => true, FakeReply.Of(403));
        await using var fixture = await PushFixture.StartAsync(new FakeUploadOptions
        {
            Locate = own => new UriBuilder(own) { Port = other.Address.Port }.Uri,
        });

        var pushed = await fixture.PushAsync(new SampleBlob(10).Sized);

        Assert.Equal(Verdict.Auth, pushed.Verdict);
        Assert.NotEmpty(other.Requests);
        Assert.All(other.Requests, request => Assert.Null(request.Authorization));
    }
}
