using System.Net;
using Tracebloc.Testing;

namespace Tracebloc.Web.Tests;

/// <summary>A server on loopback with the routes of a test.</summary>
internal sealed class WebScene : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _stop = new();
    private WebHost? _host;
    private Task _serving = Task.CompletedTask;

    public RecordingLogger Log { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public RequestCounters Counters { get; } = new();

    public IPEndPoint Address => _host?.Address ?? throw new InvalidOperationException("not started");

    public HandlerRules Rules { get; init; } = new()
    {
        Program = "test",
        Deadline = TimeSpan.FromSeconds(25),
        RetryAfter = TimeSpan.FromSeconds(5),
        Form = fault => Answer.Text("text/plain", $"{fault.Status}: {fault.Detail}") with
        {
            Status = fault.Status,
            RetryAfter = fault.RetryAfter,
        },
        Absence = away => away is TimeoutException ? "The database gives no answer" : null,
    };

    public static WebHostOptions Options(IPEndPoint? address = null) => new()
    {
        Listen = address ?? new IPEndPoint(IPAddress.Loopback, 0),
        Setting = "--listen",
        MostBodyBytes = 64,
        MostConnections = 16,
        Shutdown = TimeSpan.FromSeconds(10),
    };

    public async Task<WebScene> StartAsync(CancellationToken token, params Route[] routes)
    {
        var handler = new RequestHandler(new RouteTable(routes), Counters, Rules, Time, Log);
        _host = await WebHost.StartAsync(
            Options(), http => handler.HandleAsync(http, http.RequestAborted), Log, TimeProvider.System, token);
        _serving = _host.ServeUntilAsync(_stop.Token);
        return this;
    }

    public async Task<(int Status, string Text, string Header)> SendAsync(
        string method, string path, CancellationToken token, string? body = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://{Address}{path}"));
        if (body is not null) request.Content = new StringContent(body);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _client.SendAsync(request, token);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is "Retry-After" or "Allow" or "WWW-Authenticate")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return (
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(token), string.Join('\n', headers));
    }

    public static Answer Ok(string text) => Answer.Text("text/plain", text);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        if (_host is not null) await _host.DisposeAsync();
        _client.Dispose();
        _stop.Dispose();
    }
}
