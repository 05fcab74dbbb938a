using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.Telemetry;

/// <summary>A file in Prometheus' text format, replaced in one step: no reader sees half of it.</summary>
public static class MetricsFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Adds a run's metrics to the counters of the file and replaces it in one step.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="metrics">The metrics of one run.</param>
    /// <param name="namespace">Distinguishes the releases whose files lie on one node.</param>
    /// <param name="token">Cancels reading.</param>
    /// <returns>
    /// False where the counters begin anew, because the file was longer than one that this program writes.
    /// </returns>
    /// <exception cref="IOException">The file cannot be read or replaced, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or replaced.</exception>
    public static async Task<bool> WriteAsync(
        string path, IReadOnlyList<Metric> metrics, string @namespace, CancellationToken token)
    {
        var earlier = await RegularFile.ReadTextAsync(path, MaxBytes, token);
        // The textfile collector reads *.prom, so never the new file before it is renamed.
        FileReplacement.Create(path, Encoding.UTF8.GetBytes(PrometheusText.Write(metrics, @namespace, earlier ?? "")));
        return earlier is not null;
    }
}
