using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Net.Tests;

public sealed class HttpExchangeTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private FakeReceiver? _server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeReceiver Server => _server ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() => _server = await FakeReceiver.StartAsync(cancellationToken: Cancelled);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData(200)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task An_answer_of_any_status_is_its_text(int status)
    {
        Server.Answer(FakeReply.Of(status, "für dich"));

        var answer = await SendAsync();

        Assert.Equal(new HttpAnswer(status, "für dich"), answer);
        Assert.False(answer.IsAbsent);
        Assert.Equal("/runs/7?a=%2F", Assert.Single(Server.Requests) is var sent ? sent.Path + sent.Query : "");
    }

    [Fact]
    public async Task A_redirect_is_an_answer()
    {
        Server.Answer(FakeReply.Redirect(307, "/elsewhere"));

        Assert.Equal(307, (await SendAsync()).Status);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("3600", 60)]
    [InlineData("soon", null)]
    public async Task The_server_s_pause_is_read_and_is_a_minute_at_most(string value, int? seconds)
    {
        Server.Answer(FakeReply.Of(503).With("Retry-After", value));

        Assert.Equal(seconds, (await SendAsync()).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(1024 * 1024, true)]
    [InlineData(1024 * 1024 + 1, false)]
    public async Task A_text_of_more_than_a_mebibyte_is_not_read(int length, bool isRead)
    {
        Server.Answer(FakeReply.Of(200, new string('a', length)));

        var answer = await SendAsync();

        Assert.Equal(200, answer.Status);
        Assert.Equal(isRead ? new string('a', length) : "(an answer of more than 1 MiB)", answer.Text);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_at_the_limit()
    {
        Server.Answer(FakeReply.Never);

        Assert.Equal(
            new HttpAnswer(0, "no answer within 5 s") { MayHaveArrived = true }, await AtLimitAsync(SendAsync()));
    }

    [Fact]
    public async Task Half_an_answer_counts_as_none_at_the_limit()
    {
        Server.Answer(FakeReply.Of(200, "half a text") with { MidBody = new TaskCompletionSource().Task });

        var answer = await AtLimitAsync(SendAsync());

        Assert.True(answer.IsAbsent);
        Assert.True(answer.MayHaveArrived);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_none()
    {
        Server.Answer(FakeReply.Of(200, "half") with { ContentLength = 100 });

        var answer = await SendAsync();

        Assert.Equal((0, true), (answer.Status, answer.MayHaveArrived));
        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task The_caller_ends_a_request_at_once()
    {
        using var caller = new CancellationTokenSource();
        Server.Answer(FakeReply.Never);
        var sending = SendAsync(token: caller.Token);
        await _time.WaitForTimerAsync(due => due == Limit, Cancelled);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_request_to_a_closed_port_has_not_arrived()
    {
        var answer = await SendAsync(FreePort.Closed());

        Assert.Equal((0, false, false), (answer.Status, answer.MayHaveArrived, answer.IsDistrusted));
        Assert.Contains("refused", answer.Text);
    }

    [Fact]
    public async Task A_request_whose_connection_breaks_may_have_arrived_and_is_sent_once()
    {
        Server.Answer(FakeReply.Abort);

        var answer = await SendAsync();

        Assert.Equal((0, true), (answer.Status, answer.MayHaveArrived));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_the_reason_of_no_answer()
    {
        using var certificates = TestCertificates.Create();
        await using var server = await FakeReceiver.StartAsync(
            new FakeListenerOptions { Certificate = certificates.IssueServer() }, Cancelled);

        var answer = await SendAsync(server.Address);

        Assert.Equal((0, false, true), (answer.Status, answer.MayHaveArrived, answer.IsDistrusted));
        Assert.Contains("certificate", answer.Text);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_request_takes_the_proxy_that_it_is_given()
    {
        await using var proxy = FakeProxy.Start(Server.Address);
        var settings = ProxySettings.FromEnvironment(name => name == "HTTP_PROXY" ? proxy.Host : null);
        Server.Answer(FakeReply.Of(200, "by proxy"));

        var answer = await SendAsync(new Uri("http://backend.example/"), settings);

        Assert.Equal("by proxy", answer.Text);
        Assert.StartsWith("GET http://backend.example/runs/7?a=%2F ", Assert.Single(proxy.Requests));
    }

    [Theory]
    [InlineData("http://h/", "http://h/x/?q=1")]
    [InlineData("http://h/api", "http://h/api/x/?q=1")]
    [InlineData("http://h/api/", "http://h/api/x/?q=1")]
    [InlineData("https://h:8443/a/b/", "https://h:8443/a/b/x/?q=1")]
    public void A_path_is_below_that_of_the_server(string server, string address)
    {
        using var exchange = HttpExchange.Open(new Uri(server), proxy: null, _time);

        Assert.Equal(new Uri(address), exchange.AddressOf("/x/?q=1"));
    }

    private async Task<HttpAnswer> SendAsync(
        Uri? server = null, ProxySettings? proxy = null, CancellationToken? token = null)
    {
        using var exchange = HttpExchange.Open(server ?? Server.Address, proxy, _time);
        using var request = new HttpRequestMessage(HttpMethod.Get, exchange.AddressOf("/runs/7?a=%2F"));
        return await exchange.SendAsync(request, Limit, token ?? Cancelled);
    }

    private async Task<HttpAnswer> AtLimitAsync(Task<HttpAnswer> sending)
    {
        _time.Advance(await _time.WaitForTimerAsync(due => due == Limit, Cancelled));
        return await sending;
    }
}
