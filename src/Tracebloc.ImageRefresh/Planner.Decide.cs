using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal static partial class Planner
{
    /// <summary>A rollout that has to be made, as what it will be reported, and why.</summary>
    private sealed record Step(Outcome Outcome, string Message);

    /// <summary>The rows of the table for an image whose registry answered.</summary>
    private static ImagePlan Decide(ImagePlan plan, LiveValue live, Digest latest, Scene scene)
    {
        var record = plan.After;
        if (record.GaveUp == latest)
            return plan with { Outcome = Outcome.GaveUp, Message = GaveUpMessage(record) };
        if (record.InFlight && live.Digest == record.Applied && scene.Rollout.IsProgressing)
            return Wait(plan, scene.Rollout);
        if (record.Settled is null)
            return FirstSight(plan, live, latest, scene.Rollout);
        var step = record.Settled != latest
            ? new Step(Outcome.Refreshed, $"{record.Settled.Short()} -> {latest.Short()}")
            : Disagreement(plan, live, latest, scene.Seen.Workload);
        return step is null ? Unchanged(plan, live, latest) : Roll(plan, step, latest, scene);
    }

    private static ImagePlan FirstSight(ImagePlan plan, LiveValue live, Digest latest, RolloutStatus rollout)
    {
        if (live.IsAbsent)
        {
            return plan with
            {
                Outcome = Outcome.Recorded,
                Message = "first sight: recorded, nothing restarted",
                After = plan.After with { Settled = latest },
            };
        }
        if (live.Digest is null)
            throw new FormatException($"\"{live.Text}\" stands where a digest belongs; remove it or set a digest");
        // Called settled, a rollout that is stuck would look like a success for good (chart 1.4, pass 2).
        if (rollout.IsProgressing)
            return Wait(plan, rollout);
        if (rollout.IsFailed && live.Digest == latest)
        {
            return plan with
            {
                Outcome = Outcome.RolloutFailed,
                Message = $"not recorded, since the rollout in place has failed: {rollout.Message}",
            };
        }
        return plan with
        {
            Outcome = Outcome.Adopted,
            Message = live.Digest == latest
                ? "adopted as it is"
                : $"adopted as it is; {latest.Short()} follows on the next tick",
            After = plan.After with { Settled = live.Digest },
        };
    }

    /// <summary>Null where record, registry and workload agree; else what has to be done so that they do.</summary>
    private static Step? Disagreement(
        ImagePlan plan, LiveValue live, Digest latest, Workload workload)
    {
        var record = plan.After;
        if (plan.Image.Action is RefreshAction.Restart)
        {
            // The pods last restarted for a digest that failed, and the registry has gone back to the one before.
            return record.Applied is not null && record.Applied != latest
                ? new Step(Outcome.Refreshed, $"back to {latest.Short()}")
                : Retry(record, latest);
        }
        if (live.IsAbsent)
        {
            return record.Applied is null
                ? null
                : new Step(Outcome.Repaired, $"removed by {Who()}; {latest.Short()} again");
        }
        if (live.Digest != latest)
        {
            var found = live.Digest?.Short() ?? live.Text;
            return new Step(Outcome.Repaired, $"changed to {found} by {Who()}; {latest.Short()} again");
        }
        return Retry(record, latest);

        string Who() => FieldOwner.LastWriter(workload, plan.Image.Action);
    }

    private static Step? Retry(RefreshRecord record, Digest latest) =>
        record.Applied == latest && record.FailedAttempts > 0
            ? new Step(Outcome.Retried, $"{latest.Short()} again")
            : null;

    private static ImagePlan Unchanged(ImagePlan plan, LiveValue live, Digest latest)
    {
        // An attempt that somebody undid, back to what the registry says by now, is over.
        var record = plan.After;
        var after = record.Attempts > 0 ? (record with { Applied = latest }).Settle() : record;
        var settledNow = plan.Before.Attempts > 0 && after.Attempts == 0;
        return plan with
        {
            Outcome = settledNow ? Outcome.Settled : Outcome.Unchanged,
            Message = settledNow ? "an earlier tick's rollout is complete"
                : plan.Latest != latest ? $"{latest.Short()} stays; only other platforms have changed since"
                : live.IsAbsent && plan.Image.Action is not RefreshAction.Restart ? "the floating tag stands for it"
                : "",
            After = after,
        };
    }

    private static ImagePlan Roll(ImagePlan plan, Step step, Digest target, Scene scene)
    {
        RefusePaused(plan.Image, scene.Seen.Workload);
        // A workload that had settled and lost pods since is not under way to anything: the new digest may be its cure.
        if (scene.Rollout is { IsProgressing: true, HadSettled: false })
            return Wait(plan, scene.Rollout);
        var (record, most) = (plan.After, scene.Policy.MaxRefreshAttempts);
        if (record.Applied == target && record.FailedAttempts >= most)
        {
            var after = record with { GaveUp = target };
            return plan with { Outcome = Outcome.GaveUp, Message = GaveUpMessage(after), After = after };
        }
        if (Gate.FirstBarrier(scene.Candidate(plan, target)) is { } barrier)
            return Bar(plan, barrier, target, scene.Policy);
        if (Skips(plan, target, scene))
            return Skip(plan, target);
        if (!scene.MayRoll)
            return Defer(plan, scene);
        var applied = record.Apply(target, scene.Now);
        return plan with
        {
            Outcome = applied.Attempts > 1 ? Outcome.Retried : step.Outcome,
            Message = step.Message + (applied.Attempts > 1 ? $", attempt {applied.Attempts} of {most}" : "")
                + (plan.Evidence?.Signature is { } signature ? $"; {signature.Message}" : ""),
            After = applied,
            Target = target,
        };
    }

    private static ImagePlan Bar(ImagePlan plan, Gates.Barrier barrier, Digest target, RefreshPolicy policy)
    {
        if (barrier.Outcome == Outcome.Incomplete)
            return Count(plan, barrier.Outcome, barrier.Message, policy);
        return plan with
        {
            Outcome = barrier.Outcome,
            Message = barrier.Message,
            Until = barrier.Until,
            IsOverdue = barrier.IsOverdue,
            Unjudged = barrier.LacksEvidence ? target : null,
        };
    }

    // What somebody changed, or an earlier digest left behind, is not put in order by leaving it.
    private static bool Skips(ImagePlan plan, Digest target, Scene scene) =>
        plan is { Live: { } live, After.Settled: { } settled }
        && OtherPlatforms.AreAllThatChanged(scene.Candidate(plan, target))
        && Disagreement(plan, live, settled, scene.Seen.Workload) is null;

    private static ImagePlan Skip(ImagePlan plan, Digest target) => plan with
    {
        Outcome = Outcome.Skipped,
        Message = "only other platforms have changed: recorded, nothing restarted",
        After = OtherPlatforms.Skip(plan.After, target, plan.Image.Gates.Platforms),
    };

    private static ImagePlan Defer(ImagePlan plan, Scene scene) => plan with
    {
        Outcome = Outcome.Deferred,
        Message = "too little of the tick is left to watch a rollout to its end; if this goes on, raise tickTimeout",
        IsOverdue = scene.IsOverdue,
    };

    // As kubectl rollout restart does: the change would lie there until somebody resumes it, and be called failed.
    private static void RefusePaused(TrackedImage image, Workload workload)
    {
        if (workload.Spec.Paused)
        {
            throw new FormatException(
                $"{image.Workload} is paused; kubectl rollout resume {image.Workload} lets it be refreshed");
        }
    }

    private static ImagePlan Wait(ImagePlan plan, RolloutStatus rollout) =>
        plan with { Outcome = Outcome.Waiting, Message = rollout.Message };
}
