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

    /// <summary>Takes the reason for which an attempt is repeated, each time that it changes.</summary>
    public Action<string> Retrying { get; init; } = _ => { };
}
