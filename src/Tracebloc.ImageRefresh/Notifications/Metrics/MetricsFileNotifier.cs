using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Registry;
using Tracebloc.Telemetry;

namespace Tracebloc.ImageRefresh.Notifications.Metrics;

/// <summary>Writes the metrics of a tick to a file for the node exporter's textfile collector.</summary>
internal sealed class MetricsFileNotifier(
    string path, string @namespace, IReadOnlyDictionary<string, RateLimit> limits, ProgramContext context) : INotifier
{
    public string Name => "metrics file";

    public async Task SendAsync(TickResult report, CancellationToken token)
    {
        try
        {
            if (!await MetricsFile.WriteAsync(path, TickMetrics.Of(report, limits), @namespace, token))
                Log.MetricsBegunAnew(context.Logger, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.MetricsNotSent(context.Logger, path, fault.Message);
        }
    }
}
