using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Following;

/// <summary>The next steps of a run, by its row and its objects alone.</summary>
internal static class RunReconciler
{
    private static readonly RunStep Ensure = new RunStep.EnsureObjects();

    /// <summary>The steps in order; none where there is nothing to do but to wait.</summary>
    public static IReadOnlyList<RunStep> Plan(IngestionRun run, RunObservation seen, DateTimeOffset now) =>
        run.State switch
        {
            RunState.Accepted or RunState.Running => PlanOpen(run, seen, now),
            RunState.Cancelled => PlanCancelled(run, seen, now),
            RunState.Failed => PlanFailed(run, seen, now),
            _ => [],
        };

    private static IReadOnlyList<RunStep> PlanOpen(IngestionRun run, RunObservation seen, DateTimeOffset now)
    {
        if (IsEnding(seen.Job)) return [];
        if (run.JobUid is null)
            return run.DeletedAt is null
                ? [Ensure]
                : [new RunStep.Change(RunChanges.Failed(run, Outrun(run), isUndone: true, now))];
        if (seen.Job is not { } job)
            return PodEnds.RegisteredBy(run, seen.Pods) is { } summary
                ? [new RunStep.Change(RunChanges.Succeeded(run, summary, now))]
                : [new RunStep.Change(RunChanges.Failed(run, Gone(run), isUndone: false, now))];
        // A Job that was restored, from a backup for one, has objects that go with the former one.
        if (job.Metadata?.Uid != run.JobUid) return [new RunStep.Change(RunChanges.Made(run, null))];
        return JobOutcomes.OutcomeOf(job) switch
        {
            JobOutcome.Complete => Succeed(run, job, seen, now),
            JobOutcome.Failed => Fail(run, job, seen, now),
            _ => GoOn(run, job, seen, now),
        };
    }

    private static IReadOnlyList<RunStep> PlanCancelled(IngestionRun run, RunObservation seen, DateTimeOffset now)
    {
        if (seen.Job is not { } job) return PlanUndo(run, seen, now);
        if (JobOutcomes.OutcomeOf(job) == JobOutcome.Complete || PodEnds.RegisteredBy(run, seen.Pods) is not null)
            return Succeed(run, job, seen, now, "The run had succeeded before it was cancelled.");
        if (IsEnding(job)) return [];
        List<RunStep> steps =
        [
            new RunStep.Announce(job, RunNews.IngestionCancelled, "Cancelled; what it wrote is removed"),
            new RunStep.DeleteJob(run.JobName),
        ];
        // The Job was made after all, by a submission that was under way: what its pods write is removed again.
        if (seen.UndoJob is not null) steps.Add(new RunStep.DeleteJob(run.UndoJobName));
        if (run.Undo != UndoState.Wanted) steps.Add(new RunStep.Change(RunChanges.UndoneAgain(run)));
        return steps;
    }

    private static IReadOnlyList<RunStep> PlanFailed(IngestionRun run, RunObservation seen, DateTimeOffset now)
    {
        var mayStartPods = seen.Job is { } job && JobOutcomes.OutcomeOf(job) == JobOutcome.None;
        if (mayStartPods && (run.JobUid is null || run.Undo == UndoState.Wanted))
            return IsEnding(seen.Job) ? [] : [new RunStep.DeleteJob(run.JobName)];
        return PlanUndo(run, seen, now);
    }

    private static IReadOnlyList<RunStep> PlanUndo(IngestionRun run, RunObservation seen, DateTimeOffset now)
    {
        if (run.Undo != UndoState.Wanted || seen.Pods.Any(PodFacts.IsActive) || IsEnding(seen.UndoJob)) return [];
        // Its last pod was quicker than the end that was asked for, or that its Job had.
        if (PodEnds.RegisteredBy(run, seen.Pods) is { } summary)
            return [new RunStep.Change(RunChanges.Succeeded(run, summary, now))];
        if (seen.UndoJob is not { } job) return [new RunStep.EnsureUndo()];
        return JobOutcomes.OutcomeOf(job) switch
        {
            JobOutcome.Complete =>
            [
                new RunStep.Announce(job, RunNews.IngestionUndone, "What the run wrote was removed"),
                new RunStep.Change(RunChanges.Undone(run)),
            ],
            JobOutcome.Failed => FailUndo(run, job, seen),
            _ => GoOnUndoing(run, job, seen, now),
        };
    }

    private static IReadOnlyList<RunStep> GoOnUndoing(
        IngestionRun run, V1Job job, RunObservation seen, DateTimeOffset now)
    {
        if (job.Spec?.BackoffLimit == 0) return []; // It is about to fail.
        List<RunStep> steps = [];
        if (PodEnds.AreFinal(seen.UndoPods) || PodWaits.AreTooLong(job, seen.UndoPods, now))
            steps.Add(new RunStep.StopRetrying(run.UndoJobName));
        // The end of this program may have come between the Job and what its pod waits for.
        else if (!seen.UndoPods.Any(pod => PodFacts.StartedAt(pod) is not null) && PodWaits.IsOlder(job, now))
            steps.Add(new RunStep.EnsureUndo());
        var changed = RunChanges.UndoTroubled(
            run, PodWaits.Trouble(job, seen.UndoPods, RemovalError.ReasonOfWait(run.Error), now));
        if (changed != run) steps.Add(new RunStep.Change(changed));
        return steps;
    }

    private static IReadOnlyList<RunStep> Succeed(
        IngestionRun run, V1Job job, RunObservation seen, DateTimeOffset now, params IReadOnlyList<string> remarks)
    {
        var ended = RunChanges.Succeeded(
            PodEnds.Started(run, seen.Pods, job), PodEnds.SummaryOf(run, seen.Pods, remarks),
            job.Status?.CompletionTime ?? now);
        return
        [
            new RunStep.Announce(job, RunNews.IngestionSucceeded, ended.Summary ?? ""),
            new RunStep.Change(ended),
        ];
    }

    private static IReadOnlyList<RunStep> Fail(IngestionRun run, V1Job job, RunObservation seen, DateTimeOffset now)
    {
        var ended = RunChanges.Failed(
            PodEnds.Started(run, seen.Pods, job), PodEnds.Reason(job, seen.Pods),
            PodEnds.AreUndone(run, seen.Pods, job), now);
        return
        [
            new RunStep.Announce(job, RunNews.IngestionFailed, ended.Error ?? ""),
            new RunStep.Change(ended),
        ];
    }

    private static IReadOnlyList<RunStep> FailUndo(IngestionRun run, V1Job job, RunObservation seen)
    {
        var error = PodEnds.Reason(job, seen.UndoPods, RemovalError.ReasonOfWait(run.Error));
        return
        [
            new RunStep.Announce(job, RunNews.IngestionNotUndone, error),
            new RunStep.Change(RunChanges.NotUndone(run, error)),
        ];
    }

    private static IReadOnlyList<RunStep> GoOn(IngestionRun run, V1Job job, RunObservation seen, DateTimeOffset now)
    {
        List<RunStep> steps = [];
        if (PodEnds.AreFinal(seen.Pods) && job.Spec?.BackoffLimit != 0)
            steps.Add(new RunStep.StopRetrying(run.JobName));
        if (seen.Pods.Any(pod => PodFacts.MayLackObjects(pod, now)))
            steps.Add(Ensure);
        var changed = RunChanges.Troubled(PodEnds.Started(run, seen.Pods, null), TroubleOf(run, job, seen, now));
        if (changed != run) steps.Add(new RunStep.Change(changed));
        return steps;
    }

    private static string? TroubleOf(IngestionRun run, V1Job job, RunObservation seen, DateTimeOffset now) =>
        PodWaits.Trouble(job, seen.Pods, run.Error, now)
        ?? (PodEnds.Telling(seen.Pods) is { } failed ? PodFacts.Failure(failed) : null);

    private static bool IsEnding(V1Job? job) => job?.Metadata?.DeletionTimestamp is not null;

    private static string Outrun(IngestionRun run) =>
        $"Data set {run.Request.Table} was deleted before the run had begun; submit the data set again under another "
        + "key";

    private static string Gone(IngestionRun run) =>
        $"Job {run.JobName} is gone: it was deleted before the run had ended; submit the data set again";
}
