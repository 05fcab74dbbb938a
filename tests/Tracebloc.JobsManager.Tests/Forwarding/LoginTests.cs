using Tracebloc.Testing.Registry;

namespace Tracebloc.JobsManager.Tests.Forwarding;

public sealed class LoginTests : IAsyncLifetime
{
    private const string Login = "/api-token-auth/";

    private ForwardFixture _proxy = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _proxy = await ForwardFixture.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task An_expired_token_is_renewed_once_for_all_calls_that_wait()
    {
        await EdgeLabelsAsync();
        _proxy.Time.Advance(TimeSpan.FromMinutes(1));
        _proxy.Backend.ExpireToken();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EdgeLabelsAsync()));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(2, _proxy.Logins);
    }

    [Fact]
    public async Task A_batch_that_met_an_expired_token_is_sent_again_with_the_next()
    {
        await EdgeLabelsAsync();
        _proxy.Backend.ExpireToken();
        _proxy.Time.Advance(TimeSpan.FromMinutes(1));

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));

        Assert.Equal(201, answer.Status);
        Assert.Equal(
            ["TOKEN token-1", "TOKEN token-1", "TOKEN token-2"], _proxy.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task A_call_that_is_sent_again_with_the_next_token_keeps_its_deadline()
    {
        await ExpireAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Backend.Answer(ForwardFixture.Batch, _ =>
        {
            _proxy.Time.Advance(TimeSpan.FromSeconds(60));
            return FakeReply.Of(401);
        });
        _proxy.Backend.Answer(ForwardFixture.Batch, _ =>
        {
            arrived.SetResult();
            return FakeReply.Never;
        });

        var call = _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));
        await arrived.Task.WaitAsync(Cancelled);
        _proxy.Time.Advance(await _proxy.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(35), Cancelled));

        Assert.Equal(new(504, """{"detail":"no answer within 95 s"}""", null), await call);
    }

    [Fact]
    public async Task A_long_batch_that_met_an_expired_token_is_the_ingestor_s_to_send_again()
    {
        await EdgeLabelsAsync();
        _proxy.Backend.ExpireToken();
        _proxy.Time.Advance(TimeSpan.FromMinutes(1));
        var batch = ForwardFixture.Rows(Enumerable.Range(0, 5_000).Select(row => $"row-{row}"));

        var answer = await _proxy.SendAsync("POST", ForwardFixture.Batch, batch);

        Assert.Equal(
            new(503, """{"detail":"the token at the backend has expired; send the call again"}""", 1), answer);
        Assert.Equal(201, (await _proxy.SendAsync("POST", ForwardFixture.Batch, batch)).Status);
    }

    [Fact]
    public async Task A_token_that_the_backend_has_just_issued_and_refuses_is_not_renewed_on_and_on()
    {
        _proxy.Backend.Answer("/global_meta/", FakeReply.Of(401), times: 100);

        for (var call = 0; call < 5; call++)
        {
            var answer = await EdgeLabelsAsync();
            Assert.Equal((503, 5), (answer.Status, answer.RetryAfter));
        }

        Assert.Equal(1, _proxy.Logins);
    }

    [Fact]
    public async Task A_backend_that_refuses_every_token_is_no_reason_for_a_run_to_ask_for_another()
    {
        await EdgeLabelsAsync();
        _proxy.Time.Advance(TimeSpan.FromMinutes(1));
        _proxy.Backend.ExpireToken();
        _proxy.Backend.Answer("/global_meta/", FakeReply.Of(401), times: 100);

        var answer = await EdgeLabelsAsync();

        Assert.Equal(
            new(503, """{"detail":"the backend refuses this installation: status 401"}""", 5), answer);
        Assert.Equal(2, _proxy.Logins);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Rejected_credentials_are_not_tried_again_for_a_minute(int status)
    {
        await EdgeLabelsAsync();
        _proxy.Time.Advance(TimeSpan.FromMinutes(1));
        _proxy.Backend.ExpireToken();
        _proxy.Backend.Answer(Login, FakeReply.Of(status, _proxy.Password.Value), times: 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EdgeLabelsAsync()));
        _proxy.Time.Advance(TimeSpan.FromSeconds(59));
        Answer[] all = [.. answers, await EdgeLabelsAsync()];

        Assert.All(all, answer => Assert.Equal(
            new(
                503,
                $$"""{"detail":"the backend rejects CLIENT_ID and CLIENT_PASSWORD ({{status}}); correct the """
                    + "Secret and restart requests-proxy\"}",
                60),
            answer));
        Assert.Equal(2, _proxy.Logins);
        Assert.Contains(_proxy.Logger.Lines, line => line.StartsWith("Error: Calls of runs are refused: the backend"));

        _proxy.Time.Advance(TimeSpan.FromSeconds(1));
        await EdgeLabelsAsync();
        Assert.Equal(3, _proxy.Logins);
    }

    [Fact]
    public async Task A_backend_without_a_token_in_its_answer_is_named()
    {
        await ExpireAsync();
        _proxy.Backend.Answer(Login, FakeReply.Of(200, "<html>"));

        var answer = await EdgeLabelsAsync();

        Assert.Equal(
            new(503, """{"detail":"login at the backend failed: its answer has no token; check BACKEND_URL"}""", 5),
            answer);
    }

    [Theory]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"a\r\nX: y"}""")]
    [InlineData("""{"token":7}""")]
    [InlineData("[]")]
    public async Task A_token_that_no_header_can_carry_is_no_token(string body)
    {
        await ExpireAsync();
        _proxy.Backend.Answer(Login, FakeReply.Of(200, body));

        Assert.Equal(503, (await EdgeLabelsAsync()).Status);
    }

    [Fact]
    public async Task A_login_without_an_answer_ends_after_its_deadline()
    {
        await ExpireAsync();
        _proxy.Backend.Answer(Login, FakeReply.Never);

        var call = EdgeLabelsAsync();
        _proxy.Time.Advance(await _proxy.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(30), Cancelled));

        Assert.Equal(
            new(503, """{"detail":"login at the backend failed: no answer within 30 s"}""", 5), await call);
    }

    private async Task ExpireAsync()
    {
        await EdgeLabelsAsync();
        _proxy.Time.Advance(TimeSpan.FromMinutes(1));
        _proxy.Backend.ExpireToken();
    }

    private Task<Answer> EdgeLabelsAsync() => _proxy.SendAsync("GET", ForwardFixture.EdgeLabels);
}
