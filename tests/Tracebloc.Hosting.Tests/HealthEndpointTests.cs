using System.Net;
using System.Net.Sockets;
using Tracebloc.Testing;

namespace Tracebloc.Hosting.Tests;

/// <summary>The endpoints as a kubelet asks them: at the pod's address, whatever address was listened on.</summary>
public sealed class HealthEndpointTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly LoopHealth _health;
    private string? _type;

    public HealthEndpointTests() => _health = new LoopHealth(_time, TimeSpan.FromHours(1));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    public async Task Alive_and_ready_are_200(string address)
    {
        _health.TickEnded(0);

        await WithEndpointAsync(address, async ask =>
        {
            Assert.Equal((HttpStatusCode.OK, "ok\n"), await ask("/healthz"));
            Assert.Equal((HttpStatusCode.OK, "ok\n"), await ask("/readyz"));
        });
    }

    [Fact]
    public async Task What_is_not_so_is_503_and_what_is_not_there_404()
    {
        _time.Advance(TimeSpan.FromHours(2));

        await WithEndpointAsync("127.0.0.1", async ask =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ask("/healthz")).Status);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ask("/readyz")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await ask("/metrics")).Status);
        });
    }

    [Fact]
    public async Task Metrics_are_served_as_Prometheus_text_as_they_are_at_each_scrape()
    {
        var page = "";
        await WithEndpointAsync("127.0.0.1", () => page, async ask =>
        {
            Assert.Equal((HttpStatusCode.OK, ""), await ask("/metrics"));

            page = "# TYPE up gauge\nup{name=\"ü\"} 1\n";
            Assert.Equal((HttpStatusCode.OK, page), await ask("/metrics"));

            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", _type);
            Assert.Equal("there is /metrics, /healthz and /readyz\n", (await ask("/")).Body);
        });
    }

    [Fact]
    public async Task A_client_that_goes_away_without_a_word_is_no_trouble()
    {
        await WithEndpointAsync("127.0.0.1", async ask =>
        {
            for (var i = 0; i < 3; i++)
                await ask("gone");
            Assert.Equal(HttpStatusCode.OK, (await ask("/healthz")).Status);
        });
    }

    private Task WithEndpointAsync(
        string address, Func<Func<string, Task<(HttpStatusCode Status, string Body)>>, Task> test) =>
        WithEndpointAsync(address, null, test);

    private async Task WithEndpointAsync(
        string address,
        Func<string>? metrics,
        Func<Func<string, Task<(HttpStatusCode Status, string Body)>>, Task> test)
    {
        var port = FreePort();
        using var endpoint = new HealthEndpoint($"{address}:{port}", _health, metrics);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await endpoint.StartAsync(Cancelled);
        await test(path => AskAsync(client, port, path));
        await endpoint.StopAsync(Cancelled).WaitAsync(Cancelled);
    }

    private async Task<(HttpStatusCode, string)> AskAsync(HttpClient client, int port, string path)
    {
        if (path == "gone")
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port, Cancelled);
            var request = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray();
            await socket.GetStream().WriteAsync(request, Cancelled);
            socket.LingerState = new LingerOption(true, 0); // A reset in place of a farewell.
            return default;
        }
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), Cancelled);
        _type = answer.Content.Headers.ContentType?.ToString();
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
