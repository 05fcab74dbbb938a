using Tracebloc.MetadataSync.Keeping;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Telemetry;

namespace Tracebloc.MetadataSync.Serving;

/// <summary>The metrics in Prometheus' text format.</summary>
/// <param name="ns">The namespace, a label of every sample.</param>
/// <param name="health">The mirror and its leadership.</param>
/// <param name="purged">The rows that retention has purged.</param>
internal sealed class MetricsPage(string ns, Health health, IReadOnlyList<PurgeNumbers> purged)
{
    public const string Type = "text/plain; version=0.0.4; charset=utf-8";

    private const string Prefix = "tracebloc_metadata_sync_";

    public string Write()
    {
        var kinds = health.Mirror?.Numbers ?? [];
        return PrometheusText.Write(
            [
                Gauge("leading", "1 while this replica leads.", new Sample(health.IsLeading ? 1 : 0)),
                Gauge("following", "1 while the changes of a kind are followed.", [.. Following()]),
                Gauge("queue_depth", "Objects that wait to be stored.", [.. Of(kinds, each => each.Waiting().Changes)]),
                Gauge(
                    "chores", "Objects that wait for a call of the API server.",
                    [.. Of(kinds, each => each.Waiting().Chores)]),
                Counter("rows_written_total", "Rows made or changed.", Of(kinds, each => each.Written)),
                Counter("rows_deleted_total", "Rows marked as deleted.", Of(kinds, each => each.Deleted)),
                Counter("rows_evicted_total", "Rows whose object leaves the cluster.", Of(kinds, each => each.Evicted)),
                Counter("rows_purged_total", "Rows that retention has removed.", purged.SelectMany(Purged)),
                Counter(
                    "errors_total", "Objects that could not be stored, and calls that were refused.",
                    Of(kinds, each => each.Errors)),
                new(
                    MetricType.Counter, "workqueue_retries_total", "Attempts that were put off.",
                    [.. kinds.Select(each => new Sample(each.Retries, new Label("name", $"ingester_{each.Kind}")))]),
                new(
                    MetricType.Histogram, $"{Prefix}lag_seconds", "Time from a change's event to its commit.",
                    [.. kinds.Select(Lag)]),
                Gauge(
                    "last_sync_timestamp_seconds", "Time at which rows were last stored, or compared with all objects.",
                    [.. kinds.SelectMany(SyncedAt)]),
            ],
            ns,
            earlier: "");
    }

    private IEnumerable<Sample> Following() => (health.IsLeading ? health.Mirror?.States ?? [] : [])
        .Select(each => new Sample(each.State == KindState.Following ? 1 : 0, new Label("kind", each.Kind.Name)));

    private static IEnumerable<Sample> Of(IReadOnlyList<KindNumbers> kinds, Func<KindNumbers, long> value) =>
        kinds.Select(each => new Sample(value(each), new Label("kind", each.Kind)));

    private static IEnumerable<Sample> Purged(PurgeNumbers numbers) =>
    [
        new(numbers.Deleted, new Label("kind", numbers.Kind), new Label("state", "deleted")),
        new(numbers.Evicted, new Label("kind", numbers.Kind), new Label("state", "evicted")),
    ];

    private static Sample Lag(KindNumbers numbers)
    {
        var counts = numbers.Lag.Cumulative;
        return new Sample(numbers.Lag.Sum.TotalSeconds, new Label("kind", numbers.Kind))
        {
            Count = counts[^1],
            Buckets = [.. LagNumbers.Bounds.Zip(counts, (most, count) => new Bucket(most, count))],
        };
    }

    private static IEnumerable<Sample> SyncedAt(KindNumbers numbers) => numbers.SyncedAt is { } at
        ? [new Sample(at.ToUnixTimeMilliseconds() / 1000.0, new Label("kind", numbers.Kind))] : [];

    private static Metric Gauge(string name, string help, params Sample[] samples) =>
        new(MetricType.Gauge, $"{Prefix}{name}", help, samples);

    private static Metric Counter(string name, string help, IEnumerable<Sample> samples) =>
        new(MetricType.Counter, $"{Prefix}{name}", help, [.. samples]);
}
