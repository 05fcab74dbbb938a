using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Tracebloc.Hosting;

/// <summary>
/// <c>/healthz</c> and <c>/readyz</c> for the kubelet's probes: 200 or 503, and one word. <c>/metrics</c> for
/// Prometheus.
/// </summary>
/// <param name="address">IPv4 address and port, such as <c>0.0.0.0:8080</c>.</param>
/// <param name="health">Answers the probes.</param>
/// <param name="metrics">The metrics in Prometheus' text format; null serves none.</param>
/// <seealso href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>
public sealed class HealthEndpoint(string address, LoopHealth health, Func<string>? metrics = null) : BackgroundService
{
    private const string PlainText = "text/plain";
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    private readonly HttpListener _listener = new();

    /// <summary>HttpListener takes the first colon for a port's: no IPv6 address can be named to it.</summary>
    public static bool CanServe(string address) => !address[..address.LastIndexOf(':')].Contains(':');

    /// <exception cref="ListenException">The address is in use, or not this machine's.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var prefix = Prefix();
        try
        {
            _listener.Prefixes.Add(prefix);
            _listener.Start();
        }
        catch (Exception refused) when (refused is HttpListenerException or ArgumentException or SocketException)
        {
            throw new ListenException(
                $"--listen {address}: {refused.Message}; give a free port and an address of this machine", refused);
        }
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _listener.Close();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stop = stoppingToken.Register(_listener.Stop);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // Either the client disconnected, or the endpoint stops: the loop's condition decides.
            }
        }
    }

    // To HttpListener every address is *, and any other also has to be the Host that a request names.
    private string Prefix()
    {
        var port = address.LastIndexOf(':');
        return address[..port] == "0.0.0.0" ? $"http://*{address[port..]}/" : $"http://{address}/";
    }

    private void Answer(HttpListenerContext context)
    {
        var (status, type, text) = context.Request.Url?.AbsolutePath switch
        {
            "/healthz" => Word(health.IsAlive, "no tick has started for too long"),
            "/readyz" => Word(health.IsReady, "no tick has succeeded yet, or the last one failed"),
            "/metrics" when metrics is not null => (200, PrometheusText, metrics()),
            _ => (404, PlainText, $"there is {(metrics is null ? "" : "/metrics, ")}/healthz and /readyz\n"),
        };
        using var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.OutputStream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static (int Status, string Type, string Text) Word(bool isSo, string otherwise) =>
        isSo ? (200, PlainText, "ok\n") : (503, PlainText, $"{otherwise}\n");
}
