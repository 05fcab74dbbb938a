using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Connections to ports of pods. The fake leads them to servers on this machine.</summary>
public sealed class PodForwardTests : IAsyncLifetime
{
    private readonly WebApplication _server = BareServer.Build(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
    private StreamFixture? _fixture;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private StreamFixture Fixture => _fixture ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        _server.Run(AnswerAsync);
        await _server.StartAsync(Cancelled);
        _fixture = await StreamFixture.StartAsync(34, Cancelled);
        _fixture.Api.Forward("web", 8080, new Uri(_server.Urls.Single()).Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_fixture is not null) await _fixture.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_client_talks_to_the_pod_and_no_port_is_opened()
    {
        using var client = new HttpClient(Fixture.Pods.ForwardHandler("web", 8080));
        var body = new byte[1_000_000];
        new Random(1).NextBytes(body);
        using var answer = await client.PostAsync(
            new Uri("http://web/echo"), new ByteArrayContent(body), Cancelled);

        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal("web", answer.Headers.GetValues("X-Host").Single());
        Assert.Equal(["get pods/portforward/web"], Fixture.Api.Calls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task A_connection_serves_many_requests_and_each_at_once_has_its_own()
    {
        using var client = new HttpClient(Fixture.Pods.ForwardHandler("web", 8080));
        var address = new Uri("http://web/");
        for (var i = 0; i < 3; i++) await client.GetStringAsync(address, Cancelled);
        Assert.Single(Fixture.Api.Calls);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetStringAsync(address, Cancelled)));
        Assert.InRange(Fixture.Api.Calls.Count, 1, 5);
    }

    [Fact]
    public async Task A_port_on_which_nothing_listens_is_an_error_with_the_servers_reason()
    {
        await using var forward = await Fixture.Pods.ForwardAsync("web", 9, Cancelled);
        var error = await Assert.ThrowsAsync<IOException>(
            () => forward.CopyToAsync(Stream.Null, Cancelled));

        var cause = Assert.IsType<KubernetesException>(error.InnerException);
        Assert.StartsWith("error forwarding port 9 to pod web, uid : failed to dial 9: ", cause.Reason);
        Assert.StartsWith(
            "GET pods/portforward of web in tracebloc: the connection to the pod failed: error forwarding port 9",
            error.Message);
        Assert.True(cause.IsTransient);
    }

    [Fact]
    public async Task An_HttpClients_error_has_the_reason_inside()
    {
        using var client = new HttpClient(Fixture.Pods.ForwardHandler("web", 9));
        var closed = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new Uri("http://web/"), Cancelled));
        using var gone = new HttpClient(Fixture.Pods.ForwardHandler("gone", 9));
        var missing = await Assert.ThrowsAsync<HttpRequestException>(
            () => gone.GetAsync(new Uri("http://web/"), Cancelled));

        Assert.Contains("error forwarding port 9", closed.ToString());
        Assert.True(Assert.IsType<KubernetesException>(missing.InnerException).IsNotFound);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_end()
    {
        await using var forward = await Fixture.Pods.ForwardAsync("web", 8080, Cancelled);
        await forward.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: web\r\n\r\n"), Cancelled);
        await forward.ReadExactlyAsync(new byte[12], Cancelled);
        Fixture.Api.CutStreams();

        var error = await Assert.ThrowsAsync<IOException>(() => forward.CopyToAsync(Stream.Null, Cancelled));
        Assert.Contains("the connection broke", error.Message);
    }

    [Fact]
    public async Task The_end_of_the_pods_connection_is_the_end()
    {
        await using var forward = await Fixture.Pods.ForwardAsync("web", 8080, Cancelled);
        await forward.WriteAsync(
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"), Cancelled);
        using var all = new MemoryStream();
        await forward.CopyToAsync(all, Cancelled);

        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.ASCII.GetString(all.ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public async Task A_port_that_is_none_is_not_asked_for(int port)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Fixture.Pods.ForwardAsync("web", port, Cancelled));
        Assert.Empty(Fixture.Api.Calls);
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["X-Host"] = http.Request.Host.Value;
        http.Response.ContentLength = http.Request.ContentLength ?? 0;
        await http.Request.Body.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
