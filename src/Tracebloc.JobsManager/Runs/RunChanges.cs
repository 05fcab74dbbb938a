using Tracebloc.Net;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The changes of a row. Each leaves a row alone that it does not fit.</summary>
internal static class RunChanges
{
    private const int LongestError = 4_000;

    /// <summary>Its Job was made, or made again.</summary>
    /// <param name="run">The row.</param>
    /// <param name="jobUid">The uid of the Job; null: its objects are to be made again.</param>
    public static IngestionRun Made(IngestionRun run, string? jobUid) => run with { JobUid = jobUid };

    /// <summary>A container of the run has started.</summary>
    public static IngestionRun Started(IngestionRun run, DateTimeOffset at) =>
        run.State == RunState.Accepted ? run with { State = RunState.Running, StartedAt = at } : run;

    /// <summary>The present difficulty of a run that goes on; null: it has none.</summary>
    public static IngestionRun Troubled(IngestionRun run, string? error) =>
        run.IsOver ? run : run with { Error = Cut(error) };

    /// <summary>The data set is registered; a run that was cancelled too late has succeeded, too.</summary>
    public static IngestionRun Succeeded(IngestionRun run, string summary, DateTimeOffset at) => run with
    {
        State = RunState.Succeeded,
        Undo = UndoState.None,
        StartedAt = run.StartedAt ?? at,
        EndedAt = at,
        Summary = summary,
        Error = null,
    };

    /// <summary>The run has failed for good.</summary>
    /// <param name="run">The row.</param>
    /// <param name="error">The reason.</param>
    /// <param name="isUndone">True where nothing of the run is left.</param>
    /// <param name="at">The time.</param>
    public static IngestionRun Failed(IngestionRun run, string error, bool isUndone, DateTimeOffset at) => run.IsOver
        ? run
        : run with
        {
            State = RunState.Failed,
            Undo = isUndone ? UndoState.None : UndoState.Wanted,
            EndedAt = at,
            Error = Cut(error),
        };

    /// <summary>The run is cancelled: its Job goes, and what it wrote is to be removed.</summary>
    public static IngestionRun Cancelled(IngestionRun run, DateTimeOffset at) => run.IsOver
        ? run
        : run with { State = RunState.Cancelled, Undo = UndoState.Wanted, EndedAt = at, Error = null };

    /// <summary>The run's rows and files were removed.</summary>
    public static IngestionRun Undone(IngestionRun run) =>
        run with { Undo = UndoState.Done, Error = RemovalError.Own(run.Error) };

    /// <summary>The run's rows and files are to be removed again: a late pod may have written since.</summary>
    public static IngestionRun UndoneAgain(IngestionRun run) =>
        run with { Undo = UndoState.Wanted, Error = RemovalError.Own(run.Error) };

    /// <summary>The present difficulty of a removal that goes on; null: it has none.</summary>
    public static IngestionRun UndoTroubled(IngestionRun run, string? error) => run.Undo != UndoState.Wanted
        ? run
        : run with { Error = Cut(RemovalError.Waiting(run.Error, error)) };

    /// <summary>The run's rows and files could not be removed.</summary>
    public static IngestionRun NotUndone(IngestionRun run, string error) => run with
    {
        Undo = UndoState.Failed,
        Error = Cut(RemovalError.OfFailed(run.Error, error)),
    };

    private static string? Cut(string? error) => error is null ? null : Line.Of(error, LongestError);
}
