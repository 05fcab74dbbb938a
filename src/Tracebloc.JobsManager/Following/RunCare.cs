using Microsoft.Extensions.Logging;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Following;

/// <summary>Brings one run as far as it can go now. May be ended at any call, and started again.</summary>
internal sealed partial class RunCare(
    RunStore store, RunObjects objects, RunLookout lookout, RunAnnouncer announcer, TimeProvider time, ILogger logger)
{
    // A run needs three; more would be two writers that undo each other's work.
    private const int MostRounds = 6;

    /// <summary>The turns of runs, which submissions take too.</summary>
    public RunTurns Turns { get; init; } = new();

    /// <summary>Looks at a run, and takes its next steps.</summary>
    public async Task LookAsync(RunKey key, CancellationToken token)
    {
        using var turn = await Turns.TakeAsync(key, token);
        for (var round = 0; round < MostRounds; round++)
        {
            if (await store.FindAsync(key, token) is not { } run || IsSettled(run)) return;
            var steps = RunReconciler.Plan(run, await lookout.ObserveAsync(run, token), time.GetUtcNow());
            var hasMoved = false;
            foreach (var step in steps)
                hasMoved |= await TakeAsync(run, step, token);
            if (!hasMoved) return;
        }
    }

    // A cancelled run's Job may come late, from a submission that was under way.
    private static bool IsSettled(IngestionRun run) => run.State == RunState.Succeeded
        || (run.State == RunState.Failed && run.Undo != UndoState.Wanted && run.JobUid is not null);

    /// <returns>True where there may be a next step at once.</returns>
    private async Task<bool> TakeAsync(IngestionRun run, RunStep step, CancellationToken token)
    {
        switch (step)
        {
            case RunStep.EnsureObjects:
                return await EnsureAsync(run, token);
            case RunStep.EnsureUndo:
                return await EnsureUndoAsync(run, token);
            case RunStep.StopRetrying stop:
                await objects.StopRetryingAsync(run, stop.Job, token);
                return false;
            case RunStep.DeleteJob delete:
                await objects.DeleteAsync(run, delete.Job, token);
                return true;
            case RunStep.Announce news:
                await announcer.TellAsync(run, news, token);
                return false;
            case RunStep.Change change:
                return await ChangeAsync(run, change.To, token);
            default:
                throw new InvalidOperationException($"{step} is no step.");
        }
    }

    private async Task<bool> EnsureAsync(IngestionRun run, CancellationToken token)
    {
        // The submission was cut off before it had looked. The deletion ends first: by itself, or as it finds this run.
        if (run.JobUid is null && await store.Deletions.WantedAsync(run.Request.Table, token) is not null) return false;
        try
        {
            var uid = await objects.EnsureAsync(run, token);
            return uid != run.JobUid && await ChangeAsync(run, RunChanges.Made(run, uid), token);
        }
        catch (Exception refused) when (IsForGood(refused))
        {
            // Nothing of it can have started: its pod waits for all of its objects.
            return await ChangeAsync(
                run, RunChanges.Failed(run, refused.Message, isUndone: true, time.GetUtcNow()), token);
        }
        catch (EndingObjectException)
        {
            return false; // The next look may find it gone.
        }
        catch (KubernetesException refused) when (!refused.IsTransient)
        {
            await ChangeAsync(run, RunChanges.Troubled(run, refused.Message), token);
            throw;
        }
    }

    private async Task<bool> EnsureUndoAsync(IngestionRun run, CancellationToken token)
    {
        try
        {
            await objects.EnsureUndoAsync(run, token);
            return false;
        }
        catch (EndingObjectException)
        {
            return false; // The next look may find it gone.
        }
        catch (Exception refused) when (IsForGood(refused))
        {
            return await ChangeAsync(run, RunChanges.NotUndone(run, refused.Message), token);
        }
        catch (KubernetesException refused) when (!refused.IsTransient)
        {
            await ChangeAsync(run, RunChanges.UndoTroubled(run, refused.Message), token);
            throw;
        }
    }

    private static bool IsForGood(Exception refused) =>
        refused is ForeignObjectException or KubernetesException { Code: 400 or 413 or 422 };

    // Another writer's change is followed in the next round.
    private async Task<bool> ChangeAsync(IngestionRun run, IngestionRun changed, CancellationToken token)
    {
        if (changed == run) return false;
        if (await store.TryChangeAsync(run, changed, token) && (run.State, run.Undo) != (changed.State, changed.Undo))
            LogChanged(logger, run.Key.Text, run.Request.Table, changed.State, changed.Undo, changed.Error ?? "");
        return true;
    }

    [LoggerMessage(
        711, LogLevel.Information, "Run {Key} of table {Table}: {State}, removal {Undo} {Error}")]
    private static partial void LogChanged(
        ILogger logger, string key, string table, RunState state, UndoState undo, string error);
}
