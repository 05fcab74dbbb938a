using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracebloc.Testing;

/// <summary>The metrics page of metadata-sync, as Prometheus reads it.</summary>
public sealed partial class SyncMetrics
{
    private readonly IReadOnlyList<Match> _samples;

    /// <exception cref="FormatException">The page has no metric of the program.</exception>
    public SyncMetrics(string page)
    {
        _samples = Sample().Matches(page);
        if (_samples.Count == 0) throw new FormatException($"The page has no metric of metadata-sync:\n{page}");
    }

    /// <summary>The sample of a kind, or the one of all kinds.</summary>
    /// <param name="metric">The name without what the names of all metrics begin with.</param>
    /// <param name="kind">The kind.</param>
    /// <returns>Null where there is none.</returns>
    public double? Find(string metric, string kind) => _samples
        .Where(sample => sample.Groups["metric"].Value == metric)
        .Where(sample => !sample.Value.Contains("kind=", StringComparison.Ordinal)
            || sample.Value.Contains($"kind=\"{kind}\"", StringComparison.Ordinal))
        .Select(sample => (double?)double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture))
        .FirstOrDefault();

    [GeneratedRegex(@"^tracebloc_metadata_sync_(?<metric>\w+)\{.*\} (?<value>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
