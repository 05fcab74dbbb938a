namespace Tracebloc.ImageRefresh.Metrics;

/// <summary>One measurement of one tick, by the conventions of Prometheus.</summary>
internal sealed record Metric(MetricType Type, string Name, string Help, IReadOnlyList<Sample> Samples);

internal enum MetricType
{
    Gauge,

    /// <summary>What this tick adds.</summary>
    Counter,

    /// <summary>A sum of so many observations of this tick.</summary>
    Summary,
}

internal sealed record Sample(double Value, params IReadOnlyList<Label> Labels)
{
    /// <summary>The observations of a summary.</summary>
    public int Count { get; init; } = 1;
}

internal readonly record struct Label(string Name, string Value);
