using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class PushResumeTests
{
    private const int Length = 200_000;

    private static readonly PushOptions Chunks = new() { ChunkBytes = 50_000 };

    public static TheoryData<string, int> Drops =>
        new(from kind in (string[])["known", "sized", "unknown"]
            from tenth in Enumerable.Range(1, 9)
            select (kind, tenth));

    [Theory]
    [MemberData(nameof(Drops))]
    public async Task A_drop_at_any_tenth_loses_nothing_that_arrived(string kind, int tenth)
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        fixture.Registry.Uploads.CutAt(Length / 10 * tenth);
        var sent = 0L;

        var pushed = await fixture.PushAsync(
            blob.ContentOf(kind), Chunks with { OnSent = bytes => sent += bytes });

        fixture.AssertPushed(blob.Bytes, pushed);
        Assert.Equal(Length, sent);
        Assert.Equal(Length, fixture.Registry.Uploads.Received);
        Assert.Equal(1, fixture.Registry.Uploads.Opened);
    }

    [Fact]
    public async Task Drops_in_every_part_are_survived_since_progress_gives_the_attempts_back()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        foreach (var part in Enumerable.Range(1, 19))
            fixture.Registry.Uploads.CutAt(part * Length / 20);

        fixture.AssertPushed(blob.Bytes, await fixture.PushAsync(blob.Sized, Chunks));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_server_error_at_any_call_is_survived(int status)
    {
        for (var failing = 1; failing <= 8; failing++)
        {
            await using var fixture = await PushFixture.StartAsync();
            var blob = new SampleBlob(Length);
            var (calls, call) = (0, failing);
            fixture.Registry.When(_ => ++calls == call, FakeReply.Of(status));

            fixture.AssertPushed(blob.Bytes, await fixture.PushAsync(blob.Known, Chunks));
        }
    }

    [Fact]
    public async Task The_wait_that_a_registry_announces_is_kept()
    {
        await using var fixture = await PushFixture.StartAsync();
        fixture.Registry.When(
            request => request.Method == "PATCH", FakeReply.Of(503).With("Retry-After", "77"), times: 1);
        var blob = new SampleBlob(100);
        var pushing = fixture.Client.PushBlobAsync(fixture.Repository, blob.Sized, Chunks, PushFixture.Cancellation);

        await fixture.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(77), PushFixture.Cancellation);
        fixture.Time.Advance(TimeSpan.FromSeconds(77));

        fixture.AssertPushed(blob.Bytes, await pushing);
    }

    [Fact]
    public async Task A_longer_wait_is_the_callers()
    {
        await using var fixture = await PushFixture.StartAsync();
        fixture.Registry.When(request => request.Method == "POST", FakeReply.Of(503).With("Retry-After", "3600"));

        var pushed = await fixture.PushAsync(new SampleBlob(100).Sized);

        Assert.Equal(Verdict.Transient, pushed.Verdict);
        Assert.NotNull(pushed.RetryAt);
    }

    [Fact]
    public async Task A_blob_that_was_stored_though_the_answer_was_lost_is_not_sent_again()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        fixture.Registry.When(request => Stores(request, fixture, blob), FakeReply.Abort, times: 1);

        var pushed = await fixture.PushAsync(blob.Sized, Chunks);

        Assert.True(pushed.IsOk, pushed.Message);
        Assert.Equal(Length, pushed.Value.SentBytes);
        Assert.Single(fixture.Registry.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task A_token_that_expires_in_the_middle_is_renewed()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        fixture.Registry.Uploads.At(Length / 2, fixture.Registry.Tokens.Revoke);

        fixture.AssertPushed(blob.Bytes, await fixture.PushAsync(blob.Sized, Chunks));

        Assert.Equal(2, fixture.Registry.Tokens.Requests.Count);
        Assert.Equal(1, fixture.Registry.Uploads.Opened);
    }

    [Fact]
    public async Task A_failed_push_leaves_no_upload_unless_its_caller_can_continue_it()
    {
        foreach (var isKept in (bool[])[false, true])
        {
            await using var fixture = await PushFixture.StartAsync();
            fixture.Registry.When(request => request.Method == "PATCH", FakeReply.Of(503));

            var pushed = await fixture.PushAsync(
                new SampleBlob(100).Sized, Chunks with { OnLocation = isKept ? _ => { } : null });

            Assert.Equal(Verdict.Transient, pushed.Verdict);
            Assert.Equal(isKept ? 1 : 0, fixture.Registry.Uploads.Open.Count);
        }
    }

    [Fact]
    public async Task An_upload_of_another_process_is_continued_with_its_first_bytes_hashed_and_not_sent()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        string? location = null;
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(PushFixture.Cancellation);
        fixture.Registry.Uploads.At(120_000, kill.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Client.PushBlobAsync(
            fixture.Repository, blob.Sized, Chunks with { OnLocation = at => location = at }, kill.Token));
        fixture.NewClient();

        var pushed = await fixture.PushAsync(blob.Sized, Chunks with { ResumeLocation = location });

        fixture.AssertPushed(blob.Bytes, pushed);
        Assert.Equal(1, fixture.Registry.Uploads.Opened);
        Assert.InRange(pushed.Value?.SentBytes ?? 0, 1, Length - 100_000);
    }

    [Fact]
    public async Task An_upload_that_the_registry_dropped_is_begun_anew()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(Length);
        var gone = new Uri(fixture.Registry.Address, "/v2/app/blobs/uploads/gone?_state=0").AbsoluteUri;

        fixture.AssertPushed(
            blob.Bytes, await fixture.PushAsync(blob.Sized, Chunks with { ResumeLocation = gone }));
    }

    private static bool Stores(FakeRequest request, PushFixture fixture, SampleBlob blob)
    {
        if (request.Method != "PUT")
            return false;
        fixture.Registry.PushBlob("app", blob.Bytes);
        return true;
    }
}
