using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Following;

/// <summary>One step on the way of a run. Each may be repeated.</summary>
internal abstract record RunStep
{
    private RunStep()
    {
    }

    /// <summary>Makes what is missing of the run's objects, and writes the uid of the Job to the row.</summary>
    public sealed record EnsureObjects : RunStep;

    /// <summary>Makes what is missing of the objects that take the run back.</summary>
    public sealed record EnsureUndo : RunStep;

    /// <summary>No further pod follows one that failed.</summary>
    public sealed record StopRetrying(string Job) : RunStep;

    public sealed record DeleteJob(string Job) : RunStep;

    /// <summary>Writes an Event on a Job.</summary>
    public sealed record Announce(V1Job Job, RunNews News, string Note) : RunStep;

    /// <summary>Changes the row.</summary>
    public sealed record Change(IngestionRun To) : RunStep;
}

/// <summary>The news of a run, each the reason of an Event.</summary>
internal enum RunNews
{
    IngestionSucceeded,
    IngestionFailed,
    IngestionCancelled,
    IngestionUndone,
    IngestionNotUndone,
}
