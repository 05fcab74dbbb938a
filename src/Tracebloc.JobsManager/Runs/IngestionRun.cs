namespace Tracebloc.JobsManager.Runs;

/// <summary>A row of the run table.</summary>
internal sealed record IngestionRun
{
    public required RunRequest Request { get; init; }

    /// <summary>The namespace of its objects.</summary>
    public required string Namespace { get; init; }

    /// <summary>The image that was chosen when it was accepted.</summary>
    public required string Image { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public RunState State { get; init; }

    public UndoState Undo { get; init; }

    /// <summary>The uid of its Job; null until the Job was made.</summary>
    public string? JobUid { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The number of changes of the row, by which two writers see each other.</summary>
    public long Revision { get; init; }

    /// <summary>The summary as JSON; null before the run has succeeded.</summary>
    public string? Summary { get; init; }

    /// <summary>The last error.</summary>
    public string? Error { get; init; }

    /// <summary>The time at which its data set was deleted; null: it was not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public RunKey Key => Request.Key;

    public string JobName => $"ingest-job-{Key.Hash}";

    /// <summary>The name of the Job that takes the run back.</summary>
    public string UndoJobName => $"ingest-undo-{Key.Hash}";

    public bool IsOver => State is RunState.Succeeded or RunState.Failed or RunState.Cancelled;
}
