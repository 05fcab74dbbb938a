using System.Globalization;
using System.Text.Json;

namespace Tracebloc.Telemetry;

/// <summary>
/// An OTLP export request in JSON. A one-shot program counts deltas. The OpenTelemetry SDK is made for processes that
/// stay, and does not report why an export failed.
/// </summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding"/>
public static class OtlpJson
{
    private const int Delta = 1, Cumulative = 2;

    /// <summary>The body of one export request.</summary>
    /// <param name="metrics">The metrics of one run; those without samples are left out.</param>
    /// <param name="source">The service and its Kubernetes namespace.</param>
    /// <param name="start">The start of the run.</param>
    /// <param name="end">The end of the run.</param>
    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<Metric> metrics,
        (string Service, string Namespace) source,
        DateTimeOffset start,
        DateTimeOffset end)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, [new("service.name", source.Service), new("k8s.namespace.name", source.Namespace)]);
            json.WriteEndObject();
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", $"tracebloc.io/{source.Service}");
            json.WriteEndObject();
            json.WriteStartArray("metrics");
            foreach (var metric in metrics.Where(metric => metric.Samples.Count > 0))
                WriteMetric(json, metric, Nanoseconds(start), Nanoseconds(end));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void WriteMetric(Utf8JsonWriter json, Metric metric, string start, string end)
    {
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteString("description", metric.Help);
        if (metric.Name.EndsWith("_seconds", StringComparison.Ordinal))
            json.WriteString("unit", "s");
        json.WriteStartObject(metric.Type switch
        {
            MetricType.Gauge => "gauge",
            MetricType.Counter => "sum",
            _ => "histogram", // a summary has one bucket: its count and its sum
        });
        if (metric.Type != MetricType.Gauge)
            json.WriteNumber(
                "aggregationTemporality", metric.Type == MetricType.Histogram ? Cumulative : Delta);
        if (metric.Type == MetricType.Counter)
            json.WriteBoolean("isMonotonic", true);
        json.WriteStartArray("dataPoints");
        foreach (var sample in metric.Samples)
            WritePoint(json, metric.Type, sample, start, end);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // 64-bit integers are text in Protobuf's JSON.
    private static void WritePoint(Utf8JsonWriter json, MetricType type, Sample sample, string start, string end)
    {
        json.WriteStartObject();
        WriteAttributes(json, sample.Labels);
        if (type != MetricType.Gauge)
            json.WriteString("startTimeUnixNano", start);
        json.WriteString("timeUnixNano", end);
        if (type is MetricType.Summary or MetricType.Histogram)
        {
            json.WriteString("count", sample.Count.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("sum", sample.Value);
            if (sample.Buckets.Count > 0) WriteBuckets(json, sample);
        }
        else
        {
            json.WriteNumber("asDouble", sample.Value);
        }
        json.WriteEndObject();
    }

    // Buckets count their own observations alone here, and that above all bounds comes last.
    private static void WriteBuckets(Utf8JsonWriter json, Sample sample)
    {
        json.WriteStartArray("explicitBounds");
        foreach (var bucket in sample.Buckets) json.WriteNumberValue(bucket.Most);
        json.WriteEndArray();
        json.WriteStartArray("bucketCounts");
        var below = 0L;
        foreach (var count in (long[])[.. sample.Buckets.Select(bucket => bucket.Count), sample.Count])
        {
            json.WriteStringValue((count - below).ToString(CultureInfo.InvariantCulture));
            below = count;
        }

        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<Label> labels)
    {
        json.WriteStartArray("attributes");
        foreach (var label in labels)
        {
            json.WriteStartObject();
            json.WriteString("key", label.Name);
            json.WriteStartObject("value");
            json.WriteString("stringValue", label.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
