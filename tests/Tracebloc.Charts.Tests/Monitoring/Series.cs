using Tracebloc.Telemetry;

namespace Tracebloc.Charts.Tests.Monitoring;

/// <summary>One line of a panel: its legend, and its value after each tick, null where it has none.</summary>
internal sealed record Series(string Legend, IReadOnlyList<double?> Values)
{
    // The clock of a run moves by seconds where it waits; a picture's minutes must not follow.
    private const double Precision = 300;

    /// <summary>All series of a panel, in the order of their legends.</summary>
    public static IReadOnlyList<Series> Of(Panel panel, IReadOnlyList<IReadOnlyList<Metric>> ticks)
    {
        var samples = ticks
            .Select(tick => tick.Single(metric => metric.Name == panel.Metric).Samples
                .Where(sample => sample.Value > 0 || !panel.DropsZeros)
                .ToDictionary(sample => LegendOf(panel, sample), sample => Rounded(panel, sample.Value)))
            .ToList();
        var legends = samples.SelectMany(tick => tick.Keys).Distinct().Order(StringComparer.Ordinal);
        return
        [
            .. legends.Select(legend => new Series(
                legend,
                [.. samples.Select(tick => tick.TryGetValue(legend, out var value) ? value : (double?)null)])),
        ];
    }

    private static double Rounded(Panel panel, double value) =>
        panel.Unit == "s" ? Math.Round(value / Precision) * Precision : value;

    private static string LegendOf(Panel panel, Sample sample) => sample.Labels.Aggregate(
        panel.Legend.Replace("{{k8s_namespace_name}}", "tracebloc"),
        (legend, label) => legend.Replace($"{{{{{label.Name}}}}}", label.Value));
}
