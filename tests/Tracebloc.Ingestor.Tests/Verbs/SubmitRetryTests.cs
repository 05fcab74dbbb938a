using Tracebloc.Testing;
using Tracebloc.Testing.JobsManager;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary>jobs-manager rolls over: a submission waits for it, and the log has a line for each change.</summary>
public sealed class SubmitRetryTests : IAsyncLifetime
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private SubmitScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await SubmitScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_that_is_not_ready_is_tried_again(int status)
    {
        _scene.Manager.Answer(FakeReply.Of(status, """{"detail":"the database is away"}"""), times: 3);
        var submitting = _scene.SubmitAsync();

        for (var pause = 0; pause < 3; pause++) await _scene.PassPauseAsync(LongestPause);

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
        Assert.Equal(4, _scene.Manager.Requests.Count);
        Assert.Equal(
            $"Warning: jobs-manager {_scene.Manager.Address} is not ready: {status}: the database is away; trying "
            + "again for up to 2m",
            Assert.Single(_scene.Logger.Lines));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        _scene.Manager.Answer(FakeReply.Abort);
        var submitting = _scene.SubmitAsync();

        await _scene.PassPauseAsync(LongestPause);

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
        Assert.Single(_scene.Manager.Started);
    }

    [Fact]
    public async Task A_call_without_an_answer_is_tried_again()
    {
        var arrived = new TaskCompletionSource();
        _scene.Manager.Answer(_ =>
        {
            arrived.SetResult();
            return FakeReply.Never;
        });
        var submitting = _scene.SubmitAsync();
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        await _scene.PassPauseAsync(TimeSpan.FromSeconds(30));
        await _scene.PassPauseAsync(LongestPause);

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
        Assert.Contains("no answer within 30 s", Assert.Single(_scene.Logger.Lines));
    }

    [Fact]
    public async Task A_call_with_a_rejected_token_and_its_repetition_share_one_limit()
    {
        var arrived = new TaskCompletionSource();
        _scene.Manager.Answer(_ =>
        {
            _scene.Time.Advance(TimeSpan.FromSeconds(20));
            return FakeReply.Of(401, """{"detail":"expired"}""");
        });
        _scene.Manager.Answer(_ =>
        {
            arrived.SetResult();
            return FakeReply.Never;
        });
        var submitting = _scene.SubmitAsync();
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        _scene.Time.Advance(await _scene.Time.WaitForTimerAsync(
            due => due == TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        await _scene.PassPauseAsync(LongestPause);

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
        Assert.Contains("no answer within 10 s", Assert.Single(_scene.Logger.Lines));
    }

    [Fact]
    public async Task The_server_s_own_pause_wins()
    {
        _scene.Manager.Answer(FakeReply.Of(503, "{}").With("Retry-After", "17"));
        var submitting = _scene.SubmitAsync();

        var pause = await _scene.Time.WaitForTimerAsync(
            due => due == TimeSpan.FromSeconds(17), TestContext.Current.CancellationToken);
        _scene.Time.Advance(pause);

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
    }

    [Fact]
    public async Task A_reason_that_changes_is_another_line()
    {
        foreach (var detail in (string[])["starting", "starting", "the API server is away"])
            _scene.Manager.Answer(FakeReply.Of(503, $$"""{"detail":"{{detail}}"}"""));
        var submitting = _scene.SubmitAsync();

        for (var pause = 0; pause < 3; pause++) await _scene.PassPauseAsync(LongestPause);
        await submitting;

        Assert.Equal(2, _scene.Logger.Lines.Count);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_named_with_the_last_reason()
    {
        _scene.Manager.Answer(FakeReply.Of(503, """{"detail":"no digest is known"}"""), times: 1000);
        var submitting = _scene.SubmitAsync(_scene.Options with { Timeout = TimeSpan.FromSeconds(20) });

        await PassUntilAsync(submitting);

        Assert.Equal(IngestorExit.Unreachable, (await submitting).Code);
        Assert.Equal(
            $"jobs-manager {_scene.Manager.Address} did not take the call within 20s: 503: no digest is known; check "
            + "the address and that its pod is ready",
            _scene.Reason);
        Assert.InRange(_scene.Manager.Requests.Count, 5, 12);
        Assert.Equal(2, _scene.Logger.Lines.Count);
    }

    [Fact]
    public async Task A_port_without_a_server_is_unreachable()
    {
        var submitting = _scene.SubmitAsync(_scene.Options with
        {
            To = new Uri("http://127.0.0.1:1/"),
            Timeout = TimeSpan.FromSeconds(3),
        });

        await PassUntilAsync(submitting);

        Assert.Equal(IngestorExit.Unreachable, (await submitting).Code);
        Assert.Contains("Connection refused", _scene.Reason);
    }

    [Fact]
    public async Task A_rejection_after_a_pause_is_the_end()
    {
        _scene.Manager.Answer(FakeReply.Of(503, "{}"));
        _scene.Manager.Answer(FakeReply.Of(409, """{"detail":"another content"}"""));
        var submitting = _scene.SubmitAsync();

        await _scene.PassPauseAsync(LongestPause);

        Assert.Equal(IngestorExit.Rejected, (await submitting).Code);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_the_end_at_once()
    {
        using var certificates = TestCertificates.Create();
        await using var manager = await FakeJobsManager.StartAsync(
            new FakeListenerOptions { Certificate = certificates.IssueServer() },
            TestContext.Current.CancellationToken);

        var (code, _) = await _scene.SubmitAsync(_scene.Options with { To = manager.Address });

        Assert.Equal(IngestorExit.Unreachable, code);
        Assert.Contains("certificate", _scene.Reason);
        Assert.Empty(manager.Requests);
    }

    private async Task PassUntilAsync(Task<(int Code, string Output)> submitting)
    {
        while (!submitting.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(
                TestContext.Current.CancellationToken);
            var pause = _scene.Time.WaitForTimerAsync(due => due <= LongestPause, stop.Token);
            if (await Task.WhenAny(pause, submitting) == pause) _scene.Time.Advance(await pause);
            await stop.CancelAsync();
        }
    }
}
