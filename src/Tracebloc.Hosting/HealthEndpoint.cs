using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Tracebloc.Hosting;

/// <summary>
/// <c>/healthz</c> and <c>/readyz</c> for the kubelet's probes: 200 or 503, and one word. <c>/metrics</c> for
/// Prometheus. Answers everybody who can connect, in bounded memory: 32 connections of 8 KiB and 5 s each.
/// </summary>
/// <remarks>HttpListener bounds neither the number of connections nor their time on Linux.</remarks>
/// <param name="address">The address and port to listen on; <c>[::]</c> takes IPv4, too.</param>
/// <param name="health">Answers the probes.</param>
/// <param name="time">The clock of the deadlines.</param>
/// <param name="metrics">The metrics in Prometheus' text format; null serves none.</param>
/// <seealso href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>
public sealed class HealthEndpoint(
    IPEndPoint address, LoopHealth health, TimeProvider time, Func<string>? metrics = null) : BackgroundService
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    private readonly TcpListener _listener = new(address);

    /// <exception cref="ListenException">The address is in use, or not this machine's.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
                _listener.Server.DualMode = true;
            _listener.Start(ConnectionLimit.MaxConnections);
        }
        catch (SocketException refused)
        {
            throw new ListenException(
                $"--listen {address}: {refused.Message}; give a free port and an address of this machine", refused);
        }
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ConnectionLimit(_listener.AcceptSocketAsync, AnswerAsync, time).RunAsync(stoppingToken);

    private async Task AnswerAsync(Stream client, CancellationToken token)
    {
        if (await HealthRequest.ReadAsync(client, token) is { } request)
            await client.WriteAsync(Answer(request).ToBytes(time.GetUtcNow(), request.Method != "HEAD"), token);
    }

    private HealthResponse Answer(HealthRequest request) => request switch
    {
        { Method: not ("GET" or "HEAD") } =>
            HealthResponse.Plain(HttpStatusCode.MethodNotAllowed, "there are GET and HEAD only\n"),
        { Path: "/healthz" } => HealthResponse.Probe(health.IsAlive, "no tick has started for too long"),
        { Path: "/readyz" } =>
            HealthResponse.Probe(health.IsReady, "no tick has succeeded yet, or the last one failed"),
        { Path: "/metrics" } when metrics is not null => new(HttpStatusCode.OK, PrometheusText, metrics()),
        _ => HealthResponse.Plain(
            HttpStatusCode.NotFound, $"there is {(metrics is null ? "" : "/metrics, ")}/healthz and /readyz\n"),
    };
}
