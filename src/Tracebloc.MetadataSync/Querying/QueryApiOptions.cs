namespace Tracebloc.MetadataSync.Querying;

/// <summary>The settings of the query API.</summary>
internal sealed record QueryApiOptions
{
    /// <summary>The version of this program.</summary>
    public required string Version { get; init; }

    /// <summary>Requests of this machine without credentials may do all.</summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>One request from its first byte to its answer; deletions of many objects take longest.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait that a client is asked for while a service is away.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
