namespace Tracebloc.Database;

/// <summary>The connections that a pool may have.</summary>
public sealed record SessionPoolOptions
{
    /// <summary>The most connections at once.</summary>
    public int MostOpen { get; init; } = 25;

    /// <summary>The most connections that stay open while they are not used.</summary>
    public int MostIdle { get; init; } = 5;

    /// <summary>The age from which a connection is not used again.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);
}
