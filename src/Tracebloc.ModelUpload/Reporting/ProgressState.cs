namespace Tracebloc.ModelUpload.Reporting;

/// <summary>The state of a transfer at one moment.</summary>
internal sealed record ProgressState
{
    /// <summary>The file that moves, or the last one that did; null before the first.</summary>
    public string? File { get; init; }

    /// <summary>The bytes of all files that are at the destination.</summary>
    public required long Bytes { get; init; }

    /// <summary>The bytes of all files; null where one has no known size.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes per second.</summary>
    public required double Rate { get; init; }

    /// <summary>The time left at this rate; null where it is not known.</summary>
    public TimeSpan? Left => Total is not { } total ? null
        : Bytes >= total ? TimeSpan.Zero
        : Rate >= 1 && (total - Bytes) / Rate < TimeSpan.MaxValue.TotalSeconds / 2
            ? TimeSpan.FromSeconds((total - Bytes) / Rate)
            : null;
}
