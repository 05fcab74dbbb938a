namespace Tracebloc.Ingestion.Staging;

/// <summary>Every deadline of a transfer.</summary>
public sealed record StagingDeadlines
{
    /// <summary>The longest silence of the other side while its bytes are waited for.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time in which the other side takes no byte: its disk may be slow.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest time in which the other side sends pings and nothing else, while it computes hashes of what it has
    /// or waits for its disk.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The pause between two pings, which proxies with short limits need.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait for the reason of the other side after its connection has failed.</summary>
    public TimeSpan Reason { get; init; } = TimeSpan.FromSeconds(5);
}
