namespace Tracebloc.Ingestor.Staging;

/// <summary>The times of a staging folder's lock.</summary>
internal sealed record LockTimes
{
    /// <summary>The pause between two beats of the holder.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A holder that is silent for so long has lost its lock.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The pause before another one looks again.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait for other connections of a transfer that has ended.</summary>
    public TimeSpan Others { get; init; } = TimeSpan.FromSeconds(5);
}
