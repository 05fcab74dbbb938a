using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Registry;
using Tracebloc.Telemetry;

namespace Tracebloc.ImageRefresh.Notifications.Metrics;

/// <summary>The metrics of this process's ticks, as <c>/metrics</c> serves them; empty before the first tick.</summary>
internal sealed class MetricsPage
{
    private volatile string _text = "";

    /// <summary>The page in Prometheus' text format. Any thread may read it, also during a tick.</summary>
    public string Text => _text;

    /// <summary>Replaces the gauges and adds to the counters.</summary>
    public void Add(TickResult report, string @namespace, IReadOnlyDictionary<string, RateLimit> limits) =>
        _text = PrometheusText.Write(TickMetrics.Of(report, limits), @namespace, _text);
}
