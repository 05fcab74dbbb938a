namespace Tracebloc.Ingestion.Submitting;

/// <summary>The options of a client of jobs-manager.</summary>
public sealed record JobsManagerOptions
{
    /// <summary>jobs-manager in messages: its name, and its address where the user chose that.</summary>
    public required string Server { get; init; }

    /// <summary>The remedy where it is away.</summary>
    public required string Remedy { get; init; }

    /// <summary>The file that is submitted, as the user named it.</summary>
    public string File { get; init; } = "ingest.yaml";

    /// <summary>The longest time in which a call gets no usable answer, as in a rollout.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>One attempt, its answer included.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The last of several attempts, however little of the timeout is left.</summary>
    public TimeSpan LastCall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes the reason for which an attempt is repeated, each time that it changes.</summary>
    public Action<string> Retrying { get; init; } = _ => { };
}
