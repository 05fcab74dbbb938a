namespace Tracebloc.Ingestion.Specifications;

/// <summary>The division of a label's values into bins by quantiles.</summary>
public sealed record BucketOptions
{
    /// <summary>The number of bins, 2 to 100; fewer where there are too few rows.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>The rows that a bin holds at least: 5 or more.</summary>
    public int MinBinSize { get; init; } = 10;
}
