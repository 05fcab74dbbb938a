namespace Tracebloc.Cli.Staging;

/// <summary>Every deadline of a staging pod.</summary>
internal sealed record StageDeadlines
{
    /// <summary>The wait for its container, the pull of the image included.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Its life at most, should nothing delete it.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The removal, on every way out.</summary>
    public TimeSpan Removal { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before a pod that may yet appear is looked for again.</summary>
    public TimeSpan RemovalPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time without a byte that arrives, over all attempts: the API server may restart.</summary>
    public TimeSpan Resume { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The pause before a transfer that was interrupted goes on.</summary>
    public TimeSpan ResumePause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The age from which a pod that does not run is removed.</summary>
    public TimeSpan Orphan { get; init; } = TimeSpan.FromHours(1);
}
