namespace Tracebloc.JobsManager;

/// <summary>Every deadline of both verbs.</summary>
internal sealed record Deadlines
{
    /// <summary>One request from its first byte to its answer; clients wait 30 s.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>One call of the API server on behalf of a request.</summary>
    public TimeSpan ApiCall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One statement of the run table.</summary>
    public TimeSpan Statement { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One count of a data set's rows, well before the end of the request.</summary>
    public TimeSpan Count { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two looks at every open run.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The start of a pod that removes what a run wrote, or that deletes a data set.</summary>
    public TimeSpan PodStart { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The wait that a client is asked for while the database or the API server is away.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The end of what is under way after SIGTERM.</summary>
    public TimeSpan Shutdown { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One call of the backend through the proxy, its answer included; above the ingestor's own.</summary>
    public TimeSpan BackendCall { get; init; } = TimeSpan.FromSeconds(95);

    /// <summary>One login at the backend.</summary>
    public TimeSpan BackendLogin { get; init; } = TimeSpan.FromSeconds(30);
}
