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
    [InlineData("[::]")]
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

    [Theory]
    [InlineData("GET /healthz?verbose=1 HTTP/1.1", "HTTP/1.1 200 OK", true)]
    [InlineData("GET /healthz HTTP/1.0", "HTTP/1.1 200 OK", true)]
    [InlineData("HEAD /healthz HTTP/1.1", "HTTP/1.1 200 OK", false)]
    [InlineData("POST /healthz HTTP/1.1", "HTTP/1.1 405 MethodNotAllowed", true)]
    public async Task A_request_is_answered_by_its_method_and_path(string line, string status, bool hasBody) =>
        await WithClientAsync(async (client, _) =>
        {
            await client.SendAsync($"{line}\r\nHost: any\r\n\r\n");

            var answer = await client.ReadToEndAsync();
            Assert.StartsWith($"{status}\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\n", answer, StringComparison.Ordinal);
            Assert.Equal(hasBody, !answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
        });

    [Theory]
    [InlineData("GET /healthz\r\n\r\n")]
    [InlineData("GET http://pod/healthz HTTP/1.1\r\n\r\n")]
    [InlineData("GET  /healthz HTTP/1.1\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public async Task What_is_no_request_is_not_answered(string text) => await WithClientAsync(async (client, _) =>
    {
        await client.SendAsync(text);

        Assert.Equal("", await client.ReadToEndAsync());
    });

    [Fact]
    public async Task A_head_that_comes_in_pieces_is_read_as_one() => await WithClientAsync(async (client, _) =>
    {
        _health.TickEnded(0);
        foreach (var character in "GET /readyz HTTP/1.1\r\n\r\n")
            await client.SendAsync($"{character}");

        Assert.EndsWith("\r\n\r\nok\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_head_over_eight_kilobytes_is_closed() => await WithClientAsync(async (client, _) =>
    {
        await client.SendAsync($"GET /healthz HTTP/1.1\r\nX: {new string('x', HealthRequest.MaxHead)}");

        Assert.Equal("", await client.ReadToEndAsync());
    });

    [Fact]
    public async Task An_idle_connection_ends_after_its_deadline() => await WithClientAsync(async (client, _) =>
    {
        await client.SendAsync("GET /healthz HTTP/1.1\r\n");
        Assert.Equal(TimeSpan.FromSeconds(5), await _time.WaitForTimerAsync(null, Cancelled));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("", await client.ReadToEndAsync());
    });

    [Fact]
    public async Task Other_clients_are_answered_while_32_are_idle() => await WithClientAsync(async (first, connect) =>
    {
        var idle = new List<RawClient>();
        for (var i = 1; i < ConnectionLimit.MaxConnections; i++)
            idle.Add(await connect());
        var probe = await connect();

        await probe.SendAsync("GET /healthz HTTP/1.1\r\n\r\n");

        Assert.EndsWith("\r\n\r\nok\n", await probe.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("", await first.ReadToEndAsync());
        foreach (var client in idle)
        {
            await client.SendAsync("GET /healthz HTTP/1.1\r\n\r\n");
            Assert.EndsWith("ok\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
        }
    });

    [Fact]
    public async Task An_address_in_use_is_an_error_that_names_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = (IPEndPoint)other.LocalEndpoint;
        using var endpoint = new HealthEndpoint(address, _health, _time);

        var error = await Assert.ThrowsAsync<ListenException>(() => endpoint.StartAsync(Cancelled));

        Assert.StartsWith($"--listen {address}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; give a free port and an address of this machine", error.Message, StringComparison.Ordinal);
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

    private async Task WithClientAsync(Func<RawClient, Func<Task<RawClient>>, Task> test)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        using var endpoint = new HealthEndpoint(address, _health, _time);
        await endpoint.StartAsync(Cancelled);
        var clients = new List<RawClient>();
        try
        {
            await test(await ConnectAsync(), ConnectAsync);
        }
        finally
        {
            await endpoint.StopAsync(Cancelled).WaitAsync(Cancelled);
            clients.ForEach(client => client.Dispose());
        }

        async Task<RawClient> ConnectAsync()
        {
            clients.Add(await RawClient.ConnectAsync(address, Cancelled));
            return clients[^1];
        }
    }

    private Task WithEndpointAsync(
        string address, Func<Func<string, Task<(HttpStatusCode Status, string Body)>>, Task> test) =>
        WithEndpointAsync(address, null, test);

    private async Task WithEndpointAsync(
        string address,
        Func<string>? metrics,
        Func<Func<string, Task<(HttpStatusCode Status, string Body)>>, Task> test)
    {
        var port = FreePort.Next();
        Assert.True(ListenAddress.TryParse($"{address}:{port}", out var listened));
        using var endpoint = new HealthEndpoint(listened, _health, _time, metrics);
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
}
