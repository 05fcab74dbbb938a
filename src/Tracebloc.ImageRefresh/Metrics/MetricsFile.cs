using Tracebloc.ImageRefresh.Notices;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Metrics;

/// <summary>Replaces the file in one step: who reads it sees one tick or the other, never half of one.</summary>
internal sealed class MetricsFile(
    string path, string @namespace, IReadOnlyDictionary<string, RateLimit> limits, ProgramContext context) : INoticeSink
{
    public string Name => "metrics file";

    public async Task TellAsync(TickReport report, CancellationToken token)
    {
        // Not *.prom: the textfile collector must not read it.
        var half = $"{path}.tmp";
        try
        {
            var earlier = File.Exists(path) ? await File.ReadAllTextAsync(path, token) : "";
            var text = PrometheusText.Write(TickMetrics.Of(report, limits), @namespace, earlier);
            await File.WriteAllTextAsync(half, text, token);
            File.Move(half, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.MetricsNotTold(context.Logger, path, fault.Message);
        }
    }
}
