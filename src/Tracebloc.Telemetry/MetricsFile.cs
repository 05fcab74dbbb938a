namespace Tracebloc.Telemetry;

/// <summary>A file in Prometheus' text format, replaced in one step: no reader sees half of it.</summary>
public static class MetricsFile
{
    /// <summary>Adds a run's metrics to the counters of the file and replaces it in one step.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="metrics">The metrics of one run.</param>
    /// <param name="namespace">Distinguishes the releases whose files lie on one node.</param>
    /// <param name="token">Cancels reading and writing.</param>
    /// <exception cref="IOException">The file cannot be read or replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or replaced.</exception>
    public static async Task WriteAsync(
        string path, IReadOnlyList<Metric> metrics, string @namespace, CancellationToken token)
    {
        // Not *.prom: the textfile collector must not read it.
        var half = $"{path}.tmp";
        var earlier = File.Exists(path) ? await File.ReadAllTextAsync(path, token) : "";
        await File.WriteAllTextAsync(half, PrometheusText.Write(metrics, @namespace, earlier), token);
        File.Move(half, path, overwrite: true);
    }
}
