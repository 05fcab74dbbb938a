using System.Net.Sockets;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class TransportFaultTests
{
    private static readonly Uri Somewhere = new("https://registry.example.com/v2/app/manifests/v1?signature=secret");

    [Fact]
    public async Task A_refused_connection_stops_the_host_and_is_worth_another_tick()
    {
        string host;
        await using (var server = RawServer.Start((_, _) => Task.CompletedTask))
            host = server.Host;
        using var client = new RegistryClient(new RegistryOptions(), new ManualTimeProvider());

        var results = await client.ResolveAsync(
            [ImageReference.Parse($"{host}/a:v1"), ImageReference.Parse($"{host}/b:v1")],
            TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Equal(Verdict.Transient, result.Verdict));
        Assert.Contains("refused", results[0].Message, StringComparison.Ordinal);
        Assert.Equal(1, client.Statistics.RegistryRequests);
    }

    [Fact]
    public async Task A_reset_amid_the_headers_is_retried()
    {
        var digest = FakeManifest.Of(FakeManifest.OciIndex, "x").Digest;
        await using var server = RawServer.Start(async (connection, number) =>
        {
            await connection.ReadRequestAsync();
            if (number < 2)
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nDocker-Con");
                connection.Reset();
            }
            else
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nDocker-Content-Digest: {digest}\r\n\r\n");
        });
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System);

        var results = await client.ResolveAsync(
            [ImageReference.Parse($"{server.Host}/app:v1")], TestContext.Current.CancellationToken);

        Assert.Equal(digest, results[0].Value?.ToString());
        Assert.Equal(3, server.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 1234\r\n")]
    [InlineData("")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task HEAD_does_not_wait_for_a_body(string header)
    {
        var digest = FakeManifest.Of(FakeManifest.OciIndex, "x").Digest;
        await using var server = RawServer.Start(async (connection, _) =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\n{header}Docker-Content-Digest: {digest}\r\n\r\n");
            await connection.ForeverAsync();
        });
        using var client = new RegistryClient(new RegistryOptions(), new ManualTimeProvider());

        var results = await client.ResolveAsync(
            [ImageReference.Parse($"{server.Host}/app:v1")], TestContext.Current.CancellationToken);

        Assert.Equal(digest, results[0].Value?.ToString());
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var server = RawServer.Start(async (connection, _) =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            while (true)
                await connection.WriteAsync($"X-Filler: {new string('x', 1000)}\r\n");
        });
        using var client = new RegistryClient(new RegistryOptions(), new ManualTimeProvider());

        var results = await client.ResolveAsync(
            [ImageReference.Parse($"{server.Host}/app:v1")], TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Invalid, results[0].Verdict);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, Verdict.Config, "there is no host registry.example.com")]
    [InlineData(SocketError.NoData, Verdict.Config, "there is no host registry.example.com")]
    [InlineData(SocketError.TryAgain, Verdict.Transient, "cannot be looked up now")]
    [InlineData(SocketError.TimedOut, Verdict.Transient, "cannot be looked up now")]
    public void A_name_that_does_not_exist_differs_from_one_that_cannot_be_looked_up(
        SocketError error, Verdict verdict, string message)
    {
        var fault = new HttpRequestException(
            HttpRequestError.NameResolutionError, "x", new SocketException((int)error));

        var reply = Explain(fault);

        Assert.Equal(verdict, reply.Failure?.Verdict);
        Assert.Contains(message, reply.Failure?.Message, StringComparison.Ordinal);
        Assert.False(reply.IsRetryable);
    }

    [Theory]
    [InlineData(HttpRequestError.HttpProtocolError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public void A_connection_that_is_shut_down_is_retried(HttpRequestError error) =>
        Assert.True(Explain(new HttpRequestException(error, "GOAWAY")).IsRetryable);

    [Fact]
    public async Task A_user_agent_that_no_header_can_carry_is_a_fault_of_the_configuration()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Options = new() { UserAgent = "tests\r\nX-Other: 1" };

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.EndsWith(
            "/v2/app/manifests/v1: header User-Agent cannot be sent: its value is not printable ASCII",
            result.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Requests);
    }

    [Fact]
    public void No_message_shows_a_query()
    {
        var reply = Explain(new HttpRequestException(HttpRequestError.ConnectionError, "secret"));

        var message = reply.Failure?.Message;
        Assert.Contains("https://registry.example.com/v2/app/manifests/v1:", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static Reply Explain(HttpRequestException fault)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        return TransportFault.Explain(new HttpCall(HttpMethod.Head, Somewhere) { Invoker = invoker }, fault, new());
    }
}
