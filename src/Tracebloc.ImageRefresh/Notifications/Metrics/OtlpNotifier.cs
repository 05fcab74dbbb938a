using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Net;
using Tracebloc.Registry;
using Tracebloc.Telemetry;

namespace Tracebloc.ImageRefresh.Notifications.Metrics;

/// <summary>Pushes the metrics of a tick to a collector. A failed push is not repeated.</summary>
internal sealed class OtlpNotifier(
    Uri collector,
    string? caFile,
    string @namespace,
    IReadOnlyDictionary<string, RateLimit> limits,
    ProgramContext context)
    : INotifier
{
    public string Name => "otlp";

    public async Task SendAsync(TickResult report, CancellationToken token)
    {
        var metrics = TickMetrics.Of(report, limits);
        var end = report.StartedAt + report.Elapsed;
        var export = OtlpJson.Write(metrics, ("image-refresh", @namespace), report.StartedAt, end);
        var options = new JsonPosterOptions(collector.Host, caFile, Notifier.UserAgent, context.Variable);
        if (await OtlpPush.SendAsync(collector, export, options, context.Time, token) is { } reason)
            Log.MetricsNotSent(context.Logger, collector.Host, reason);
    }
}
