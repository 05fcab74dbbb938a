namespace Tracebloc.JobsManager.Runs;

/// <summary>The removal of what a failed or cancelled run has left.</summary>
internal enum UndoState
{
    /// <summary>Nothing is to be removed.</summary>
    None,

    /// <summary>To be removed, by an undo Job once no pod of the run is left.</summary>
    Wanted,

    Done,

    Failed,
}
