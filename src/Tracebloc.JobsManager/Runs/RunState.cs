namespace Tracebloc.JobsManager.Runs;

/// <summary>The state of a run; the last three are final.</summary>
internal enum RunState
{
    /// <summary>In the run table; its Job may not be there yet.</summary>
    Accepted,

    /// <summary>A pod of its Job has started.</summary>
    Running,

    Succeeded,

    Failed,

    Cancelled,
}
