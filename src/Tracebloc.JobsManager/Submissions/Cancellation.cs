using Microsoft.Extensions.Logging;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>Cancels runs: the follower then deletes the Job and removes what the run wrote.</summary>
/// <param name="table">The run table.</param>
/// <param name="deleteUndoAsync">Deletes the Job that should have removed what a run wrote.</param>
/// <param name="look">Has the follower look at a run, soon.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a line for each cancellation.</param>
internal sealed partial class Cancellation(
    RunTable table,
    Func<IngestionRun, CancellationToken, Task> deleteUndoAsync,
    Action<RunKey> look,
    TimeProvider time,
    ILogger logger)
{
    private const int Attempts = 3;

    /// <summary>Cancels a run. One that has failed already stays so; a removal that failed is tried again.</summary>
    /// <exception cref="Kubernetes.KubernetesException">The API server is away or refuses.</exception>
    public async Task<CancelOutcome> CancelAsync(
        Caller caller, AccessPolicy policy, RunKey key, CancellationToken token)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await table.FindAsync(key, token) is not { } run || !policy.Allows(caller, run.Request.Table))
                return Logged(caller, key, "-", Refused(RefusalKind.Unknown, $"Run {key} is not known"));
            if (run.State == RunState.Succeeded)
                return Logged(caller, key, run.Request.Table, Refused(
                    RefusalKind.Conflict,
                    $"Run {key} has succeeded: its data set is registered and is not deleted here"));
            // Its failed Job first: with the Job still there, the removal would count as failed again.
            if (run.Undo == UndoState.Failed) await deleteUndoAsync(run, token);
            var changed = Changed(run);
            if (changed != run && !await table.TryChangeAsync(run, changed, token)) continue;
            look(key);
            return Logged(caller, key, run.Request.Table, new CancelOutcome(changed, null));
        }

        return Logged(caller, key, "-", Refused(
            RefusalKind.Unavailable, $"Run {key} changes at the same time; cancel it again"));
    }

    private IngestionRun Changed(IngestionRun run) =>
        !run.IsOver ? RunChanges.Cancelled(run, time.GetUtcNow())
        : run.Undo == UndoState.Failed ? RunChanges.UndoneAgain(run)
        : run;

    private static CancelOutcome Refused(RefusalKind kind, string detail) => new(null, new Refusal(kind, detail));

    private CancelOutcome Logged(Caller caller, RunKey key, string dataset, CancelOutcome outcome)
    {
        var word = outcome.Refusal?.Kind.ToString().ToLowerInvariant() ?? "accepted";
        LogCancelled(logger, key.Text, dataset, $"{caller}", word);
        return outcome;
    }

    [LoggerMessage(764, LogLevel.Information, "Cancellation of {Key} of table {Table} by {Caller}: {Outcome}")]
    private static partial void LogCancelled(ILogger logger, string key, string table, string caller, string outcome);
}

/// <summary>The outcome of a cancellation: the run as it is now, or the refusal.</summary>
internal sealed record CancelOutcome(IngestionRun? Run, Refusal? Refusal);
