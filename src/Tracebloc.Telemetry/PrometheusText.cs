using System.Globalization;
using System.Text;

namespace Tracebloc.Telemetry;

/// <summary>
/// Prometheus' text format: gauges and histograms replace earlier values, counters and summaries add to them.
/// </summary>
/// <seealso href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>
public static class PrometheusText
{
    /// <summary>The new text of the file.</summary>
    /// <param name="metrics">The metrics of one run.</param>
    /// <param name="namespace">Distinguishes the releases whose files lie on one node.</param>
    /// <param name="earlier">The text of the runs before; empty for the first.</param>
    public static string Write(IReadOnlyList<Metric> metrics, string @namespace, string earlier)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var before = Read(earlier);
        var text = new StringBuilder();
        foreach (var metric in metrics)
        {
            IReadOnlyCollection<KeyValuePair<string, double>> series = metric.Type == MetricType.Histogram
                ? [.. metric.Samples.SelectMany(sample => Distribution(metric.Name, sample, @namespace))]
                : SeriesOf(metric, @namespace, before);
            if (series.Count == 0)
                continue;
            text.Append($"# HELP {metric.Name} {metric.Help}\n");
            text.Append($"# TYPE {metric.Name} {metric.Type.ToString().ToLowerInvariant()}\n");
            foreach (var (key, value) in series)
                text.Append(CultureInfo.InvariantCulture, $"{key} {value}\n");
        }
        return text.ToString();
    }

    private static SortedDictionary<string, double> SeriesOf(
        Metric metric, string @namespace, Dictionary<string, double> before)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        string[] names = metric.Type switch
        {
            MetricType.Gauge => [],
            MetricType.Counter => [metric.Name],
            _ => [$"{metric.Name}_count", $"{metric.Name}_sum"],
        };
        foreach (var (series, value) in before.Where(each => names.Contains(NameOf(each.Key))))
            values[series] = value;
        foreach (var sample in metric.Samples)
        {
            var labels = Labels([new("namespace", @namespace), .. sample.Labels]);
            if (metric.Type == MetricType.Summary)
            {
                Add($"{metric.Name}_count{labels}", sample.Count);
                Add($"{metric.Name}_sum{labels}", sample.Value);
            }
            else
            {
                Add(metric.Name + labels, sample.Value);
            }
        }
        return values;

        void Add(string series, double value) => values[series] = values.GetValueOrDefault(series) + value;
    }

    private static IEnumerable<KeyValuePair<string, double>> Distribution(
        string name, Sample sample, string @namespace)
    {
        Label[] labels = [new("namespace", @namespace), .. sample.Labels];
        foreach (var bucket in sample.Buckets)
            yield return Bucket(bucket.Most.ToString(CultureInfo.InvariantCulture), bucket.Count);
        yield return Bucket("+Inf", sample.Count);
        yield return new($"{name}_sum{Labels(labels)}", sample.Value);
        yield return new($"{name}_count{Labels(labels)}", sample.Count);

        KeyValuePair<string, double> Bucket(string most, long count) =>
            new($"{name}_bucket{Labels([.. labels, new("le", most)])}", count);
    }

    // Foreign lines are ignored: a counter then begins anew, which Prometheus treats as a restart.
    private static Dictionary<string, double> Read(string text)
    {
        var values = new Dictionary<string, double>();
        foreach (var line in text.Split('\n').Where(line => !line.StartsWith('#')))
        {
            var space = line.LastIndexOf(' ');
            if (space > 0 && double.TryParse(
                line.AsSpan(space + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                values[line[..space]] = value;
        }
        return values;
    }

    private static string NameOf(string series) => series.Split('{')[0];

    private static string Labels(IEnumerable<Label> labels) =>
        $"{{{string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""))}}}";

    private static string Escape(string value) => value
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);
}
