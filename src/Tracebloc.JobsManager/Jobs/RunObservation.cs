namespace Tracebloc.JobsManager.Jobs;

/// <summary>The objects of a run, read at one time.</summary>
internal sealed record RunObservation
{
    /// <summary>Null where there is none, or one that another owner made.</summary>
    public V1Job? Job { get; init; }

    /// <summary>All pods of the run's Job, of one that is gone too.</summary>
    public IReadOnlyList<V1Pod> Pods { get; init; } = [];

    /// <summary>The Job that takes the run back.</summary>
    public V1Job? UndoJob { get; init; }

    public IReadOnlyList<V1Pod> UndoPods { get; init; } = [];
}
