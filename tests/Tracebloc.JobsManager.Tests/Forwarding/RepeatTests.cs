using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.JobsManager.Tests.Forwarding;

public sealed class RepeatTests : IAsyncLifetime
{
    private ForwardFixture _proxy = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _proxy = await ForwardFixture.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_get_that_a_proxy_refused_is_repeated(int status)
    {
        _proxy.Backend.Answer("/global_meta/", FakeReply.Of(status), times: 2);

        var answer = await _proxy.SkippingPausesAsync(_proxy.SendAsync("GET", ForwardFixture.EdgeLabels));

        Assert.Equal(200, answer.Status);
        Assert.Equal(3, _proxy.Calls.Count);
    }

    [Fact]
    public async Task A_get_whose_answer_was_lost_is_repeated()
    {
        _proxy.Backend.LoseAnswer("/global_meta/");

        var answer = await _proxy.SkippingPausesAsync(_proxy.SendAsync("GET", ForwardFixture.EdgeLabels));

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task The_third_failure_of_a_get_is_its_answer()
    {
        _proxy.Backend.Answer("/global_meta/", FakeReply.Of(503, "later").With("Retry-After", "9"), times: 100);

        var answer = await _proxy.SkippingPausesAsync(_proxy.SendAsync("GET", ForwardFixture.EdgeLabels));

        Assert.Equal(new(503, "later", 9), answer);
        Assert.Equal(3, _proxy.Calls.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(409)]
    public async Task A_post_that_has_an_answer_is_never_repeated(int status)
    {
        _proxy.Backend.Answer(ForwardFixture.Batch, FakeReply.Of(status, "words"));

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));

        Assert.Equal((status, "words"), (answer.Status, answer.Text));
        Assert.Single(_proxy.Calls);
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_never_repeated()
    {
        _proxy.Backend.LoseAnswer(ForwardFixture.Batch);

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));

        Assert.Equal(502, answer.Status);
        Assert.StartsWith("{\"detail\":\"the answer of the backend was lost: ", answer.Text);
        Assert.Single(_proxy.Calls);
    }

    [Fact]
    public async Task A_backend_without_an_answer_ends_the_call_after_its_deadline()
    {
        await _proxy.SendAsync("GET", ForwardFixture.EdgeLabels);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Backend.Answer(ForwardFixture.Batch, _ =>
        {
            reached.SetResult();
            return FakeReply.Never;
        });

        var call = _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));
        await reached.Task.WaitAsync(Cancelled);
        _proxy.Time.Advance(await _proxy.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(95), Cancelled));

        Assert.Equal(new(504, """{"detail":"no answer within 95 s"}""", null), await call);
    }

    [Fact]
    public async Task Half_an_answer_is_no_answer()
    {
        _proxy.Backend.Answer(
            ForwardFixture.Batch, FakeReply.Of(201, """{"created":1}""") with { ContentLength = 100 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a")));
        Assert.Contains(_proxy.Logger.Lines, line => line.StartsWith("Warning: The batch call was cut off: "));
    }

    [Fact]
    public async Task A_backend_that_cannot_be_reached_is_named_with_a_time_to_wait()
    {
        await using var proxy = await ForwardFixture.StartAsync(FreePort.Closed());

        var answer = await proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));

        Assert.Equal((503, 5), (answer.Status, answer.RetryAfter));
        Assert.Contains("refused", answer.Text);
    }

    [Fact]
    public async Task A_request_that_could_not_be_sent_is_repeated_twice()
    {
        var backend = RawServer.Start(async (connection, _) =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 19\r\nConnection: close\r\n\r\n{\"token\":\"token-1\"}");
            await connection.ForeverAsync();
        });
        await using var proxy = await ForwardFixture.StartAsync(new Uri($"http://{backend.Host}/"));
        await backend.DisposeAsync();

        var answer = await proxy.SkippingPausesAsync(
            proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a")));

        Assert.Equal((503, 5), (answer.Status, answer.RetryAfter));
        Assert.StartsWith("{\"detail\":\"the backend cannot be reached: ", answer.Text);
        Assert.Equal(
            [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500)],
            proxy.Time.Armed.Where(due => due < TimeSpan.FromSeconds(1)));
    }
}
