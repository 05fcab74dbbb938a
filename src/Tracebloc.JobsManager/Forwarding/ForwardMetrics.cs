using System.Collections.Concurrent;
using System.Globalization;
using Tracebloc.Telemetry;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>Counts calls by their names and statuses. Safe for concurrent use.</summary>
internal sealed class ForwardMetrics
{
    private readonly ConcurrentDictionary<(string Call, int Status), (int Count, double Seconds)> _calls = [];

    public void Add(string call, int status, TimeSpan elapsed) => _calls.AddOrUpdate(
        (call, status),
        (1, elapsed.TotalSeconds),
        (_, before) => (before.Count + 1, before.Seconds + elapsed.TotalSeconds));

    /// <summary>Prometheus' text format.</summary>
    public string Text() => PrometheusText.Write(
        [
            new Metric(
                MetricType.Summary,
                "tracebloc_proxy_call_seconds",
                "Calls of runs through requests-proxy, by call and status.",
                [.. _calls.Select(Sample)]),
        ],
        @namespace: "",
        earlier: "");

    private static Sample Sample(KeyValuePair<(string Call, int Status), (int Count, double Seconds)> each) => new(
        each.Value.Seconds,
        new Label("call", each.Key.Call),
        new Label("status", each.Key.Status.ToString(CultureInfo.InvariantCulture)))
    {
        Count = each.Value.Count,
    };
}
