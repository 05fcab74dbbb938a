namespace Tracebloc.Telemetry;

/// <summary>One measurement of one run, by the conventions of Prometheus.</summary>
/// <param name="Type">The rule by which samples of several runs add up.</param>
/// <param name="Name">The full name, with its unit (<c>_seconds</c>, <c>_total</c>).</param>
/// <param name="Help">One sentence.</param>
/// <param name="Samples">One per combination of labels.</param>
public sealed record Metric(MetricType Type, string Name, string Help, IReadOnlyList<Sample> Samples);

/// <summary>The rule by which samples of several runs add up.</summary>
public enum MetricType
{
    /// <summary>The latest value counts.</summary>
    Gauge,

    /// <summary>A sample is what this run adds.</summary>
    Counter,

    /// <summary>A sample is a sum over observations of this run.</summary>
    Summary,

    /// <summary>A sample is a distribution of all observations of a process; it replaces earlier ones.</summary>
    Histogram,
}

/// <summary>One value of a metric.</summary>
/// <param name="Value">The value, in the unit of the metric's name.</param>
/// <param name="Labels">The labels, besides the namespace.</param>
public sealed record Sample(double Value, params IReadOnlyList<Label> Labels)
{
    /// <summary>The number of observations in a summary or a histogram.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The buckets of a histogram, by growing bounds, without that of all observations.</summary>
    public IReadOnlyList<Bucket> Buckets { get; init; } = [];
}

/// <summary>A bucket of a histogram.</summary>
/// <param name="Most">The bound.</param>
/// <param name="Count">The observations of at most the bound, those of smaller buckets included.</param>
public readonly record struct Bucket(double Most, long Count);

/// <summary>A label of a sample.</summary>
/// <param name="Name">The label's name.</param>
/// <param name="Value">Any text; it is escaped where it is written.</param>
public readonly record struct Label(string Name, string Value);
