using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

internal static partial class Planner
{
    /// <summary>A rollout that has to be made, as what it will be reported, and why.</summary>
    private sealed record Step(Outcome Outcome, string Message)
    {
        /// <summary>Of another digest than the tag stands for: a restart would bring that one.</summary>
        public bool Pins { get; init; }
    }

    /// <summary>The rows of the table for an image whose registry answered.</summary>
    private static ImagePlan Decide(ImagePlan plan, LiveDigest live, Digest latest, Scene scene)
    {
        var record = plan.After;
        if (record.GaveUp == latest && !record.Quarantine.Bars(latest))
            return GaveUp(plan);
        if (record.InFlight && live.Digest == record.Applied && scene.Rollout.IsProgressing)
            return Wait(plan, scene.Rollout);
        if (record.Settled is not { } settled)
            return FirstSight(plan, live, latest, scene.Rollout);
        var step = settled != latest ? Advance(record, settled, latest)
            // A run that had seen the tag come back would have ended the pin: the records do not say what is served.
            : record.Pin is { } pin && plan.Latest == latest && !scene.IsRecalled
                ? Unpin(pin, live, latest)
            : Disagreement(plan, live, latest, scene.Seen.Workload);
        return step is null ? Unchanged(plan, live, latest) : Roll(plan, step, latest, scene);
    }

    // Which digest the pods got by a tag that somebody put in the pin's place, nobody knows.
    private static Step Unpin(ImagePin pin, LiveDigest live, Digest latest) => new(
        Outcome.Refreshed,
        live.IsAbsent
            ? $"{pin.Container} is pinned no longer; {latest.Short()} by its tag again"
            : $"{pin.Image} stands for {latest.Short()} again");

    private static Step Advance(RefreshRecord record, Digest settled, Digest latest) =>
        record.Quarantine.Suspects(latest)
            ? new(Outcome.Retried, $"{settled.Short()} -> {latest.Short()} alone")
            : new(Outcome.Refreshed, $"{settled.Short()} -> {latest.Short()}");

    private static ImagePlan FirstSight(ImagePlan plan, LiveDigest live, Digest latest, RolloutStatus rollout)
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
            throw new FormatException($"{live.Description} stands where a digest belongs; remove it or set a digest");
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

    /// <summary>Null where record and workload agree on the digest; else what has to be done so that they do.</summary>
    private static Step? Disagreement(ImagePlan plan, LiveDigest live, Digest wanted, Workload workload)
    {
        var record = plan.After;
        if (plan.Image.Action is RefreshAction.Restart && record.Pin is null)
        {
            // The pods last restarted for a digest that failed, and the registry has gone back to the one before.
            return record.Applied is not null && record.Applied != wanted
                ? new Step(Outcome.Refreshed, $"back to {wanted.Short()}")
                : Retry(record, wanted);
        }
        if (live.IsAbsent)
        {
            return plan.Image.Action.Place is { } place && place != record.AppliedTo
                ? null
                : new Step(Outcome.Repaired, $"removed by {Who()}; {wanted.Short()} again");
        }
        if (live.Digest == wanted)
            return Retry(record, wanted);
        return live.Digest == record.Applied
            ? new Step(Outcome.Refreshed, $"back to {wanted.Short()}")
            : new Step(Outcome.Repaired, $"changed to {live.Description} by {Who()}; {wanted.Short()} again");

        string Who() => FieldOwner.LastWriter(
            workload, record.Pin is { } pinned ? new RefreshAction.SetImage(pinned.Container) : plan.Image.Action);
    }

    private static Step? Retry(RefreshRecord record, Digest latest) =>
        record.Applied == latest && record.FailedAttempts > 0
            ? new Step(Outcome.Retried, $"{latest.Short()} again")
            : null;

    private static ImagePlan Unchanged(ImagePlan plan, LiveDigest live, Digest latest)
    {
        // An attempt that somebody undid, back to what the registry says by now, is over.
        var record = plan.After;
        var after = record.Attempts > 0 ? (record with { Applied = latest }).Settle(isProven: false) : record;
        var settledNow = plan.Before.Attempts > 0 && after.Attempts == 0;
        return plan with
        {
            Outcome = settledNow ? Outcome.Settled : Outcome.Unchanged,
            Message = settledNow ? "an earlier tick's rollout is complete"
                : plan.Latest != latest ? $"{latest.Short()} stays; only other platforms have changed since"
                : record.Pin is { } pin ? $"{pin.Container} stays pinned to {latest.Short()}"
                : live.IsAbsent && plan.Image.Action is not RefreshAction.Restart ? "the floating tag stands for it"
                : "",
            After = after,
        };
    }

    private static ImagePlan Roll(ImagePlan plan, Step step, Digest target, Scene scene)
    {
        // Whoever wants hands off is told so, whatever else stands in the way.
        if (Hold.Check(scene.Candidate(plan, target)) is { } hold)
            return KeepOut(plan, hold, target, scene);
        RefusePaused(plan.Image, scene.Seen.Workload);
        // A workload that had settled and lost pods since is not under way to anything: the new digest may be its cure.
        if (scene.Rollout is { IsProgressing: true, HadSettled: false })
            return Wait(plan, scene.Rollout);
        var (record, most) = (plan.After, scene.Policy.MaxRefreshAttempts);
        var isSpent = record.Applied == target && record.FailedAttempts >= most;
        if (isSpent && step.Pins)
        {
            var after = record with { GaveUp = target };
            return GaveUp(plan with { After = after });
        }
        if (Gate.FirstRefusal(scene.Candidate(plan, target)) is { } barrier)
            return KeepOut(plan, barrier, target, scene);
        if (Skips(plan, target, scene))
            return Skip(plan, target);
        if (IsOutOfTurn(plan, target, scene))
            return plan with { Outcome = Outcome.Waiting, Message = $"tried again alone, after {scene.Turn}" };
        if (!scene.MayRoll)
            return Defer(plan, scene);
        // Were it given up, it would not have come here: another was served since, or the limit is lower than before.
        var fresh = isSpent ? record with { FailedAttempts = 0 } : record;
        var applied = fresh.Apply(target, scene.Now) with
        {
            AppliedTo = plan.Image.Action.Place,
            Pin = step.Pins ? PinOf(plan, scene.Seen.Workload) : null,
        };
        return plan with
        {
            Outcome = applied.Attempts > 1 ? Outcome.Retried : step.Outcome,
            Message = step.Message + (applied.Attempts > 1 ? $", attempt {applied.Attempts} of {most}" : "")
                + (plan.Evidence?.Signature is { } signature ? $"; {signature.Message}" : ""),
            After = applied,
            Target = target,
        };
    }

    /// <summary>While a digest is kept out, the workload has to hold what was settled last.</summary>
    private static ImagePlan KeepOut(ImagePlan plan, GateResult barrier, Digest target, Scene scene)
    {
        var kept = Bar(plan, barrier, target, scene.Policy);
        if (kept.LacksEvidence || plan.After.Settled is not { } settled || settled == target
            || plan.Live is not { } live || !MayMend(plan, live)
            || Disagreement(plan, live, settled, scene.Seen.Workload) is not { } step)
            return kept;
        var mended = Roll(plan, step with { Pins = true }, settled, scene);
        // Evidence is about one digest, and then it was about the one that is kept out.
        return mended.LacksEvidence && plan.Evidence is not null ? kept : mended;
    }

    // What failed stays in place with onFailure: keep, and a restart brings no digest but the latest.
    private static bool MayMend(ImagePlan plan, LiveDigest live) =>
        !IsOnTrial(plan.After, live) && (plan.Image.Action is not RefreshAction.Restart || plan.After.Pin is not null);

    private static ImagePlan Bar(ImagePlan plan, GateResult barrier, Digest target, RefreshPolicy policy)
    {
        if (barrier.Outcome == Outcome.Incomplete)
            return Count(plan, barrier.Outcome, barrier.Message, plan.Before.Failures + 1, policy);
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
