using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>Plans a rollout that has to be made: past the gates, or as what keeps it from being made.</summary>
internal sealed class RollPlan(Scene scene)
{
    public ImagePlan Roll(ImagePlan plan, Step step, Digest target)
    {
        // A hold is reported whatever else stands in the way.
        if (Hold.Check(scene.Candidate(plan, target)) is { } hold)
            return KeepOut(plan, hold, target);
        if (Misconfiguration.OfPaused(plan.Image, scene.Workload) is { } paused)
            return ImagePlan.Misconfigured(plan.Image, paused);
        // A workload that had settled and lost pods since is not under way to anything: the new digest may be its cure.
        if (scene.Rollout is { IsProgressing: true, HadSettled: false })
            return plan.Waiting(scene.Rollout.Message);
        var (record, most) = (plan.After, scene.Policy.MaxRefreshAttempts);
        var isSpent = record.Applied == target && record.FailedAttempts >= most;
        if (isSpent && step.Pins)
            return (plan with { After = record with { GaveUp = target } }).GivenUp();
        if (!Approval.TryGive(scene.Candidate(plan, target), out var approval, out var refusal))
            return KeepOut(plan, refusal, target);
        if (Skips(plan, target))
            return Skip(plan, target);
        var undone = record.ReversalOf(target, plan.Live?.Digest, plan.Image.Action.Place);
        // Undone once is no fight yet, whatever the limit.
        var mostUndone = Math.Max(2, most);
        if (undone?.Count >= mostUndone)
        {
            var yielded = record.Yield(undone with { Count = mostUndone }, plan.LastWriter(scene.Workload));
            return (plan with { After = yielded }).GivenUp();
        }
        if (IsOutOfTurn(plan, target))
            return plan.Waiting($"retried alone, after {scene.Turn}");
        if (!scene.MayRoll && plan.Image.Workload.HasRollout)
            return Defer(plan);
        // Were it given up, it would not have come here: another was served since, or the limit is lower than before.
        var fresh = isSpent ? record with { FailedAttempts = 0 } : record;
        var applied = fresh.Apply(target, scene.Now) with
        {
            AppliedTo = plan.Image.Action.Place,
            Undone = undone,
            Refusals = fresh.Refusals.Without(target),
            Pin = step.Pins ? RollbackPlan.PinOf(plan) : null,
        };
        return plan with
        {
            Outcome = applied.Attempts > 1 ? Outcome.Retried : step.Outcome,
            Message = step.Message + (applied.Attempts > 1 ? $", attempt {applied.Attempts} of {most}" : "")
                + (approval.Signature is { } signature ? $"; {signature.Message}" : ""),
            After = applied,
            Approved = approval,
        };
    }

    /// <summary>While a digest is kept out, the workload has to hold what was settled last.</summary>
    private ImagePlan KeepOut(ImagePlan plan, GateResult refusal, Digest target)
    {
        var kept = Refuse(plan, refusal, target);
        if (kept.NeedsEvidence || plan.After.Settled is not { } settled || settled == target
            || plan.Live is not { } live || !MayRecover(plan, live)
            || Step.Repair(plan, live, settled, scene.Workload) is not { } step)
            return kept;
        var record = plan.After with { Refusals = kept.After.Refusals };
        var mended = Roll(plan with { After = record }, step with { Pins = true }, settled);
        // The settled digest is not signed either, or the registry gives no evidence of it: the latest is what counts.
        var isUnsigned = refusal.IsRefusal || refusal.Outcome == Outcome.Untrusted;
        return isUnsigned && mended.Outcome is Outcome.Untrusted or Outcome.Unresolved
            ? kept with { After = kept.After with { Refusals = mended.After.Refusals } }
            : mended;
    }

    // With onFailure: keep the failed digest stays in place, and a restart pulls only the latest digest: a pin is set
    // again only where the configuration names its container.
    private static bool MayRecover(ImagePlan plan, LiveDigest live) => !RolloutJudge.IsOnTrial(plan.After, live)
        && (plan.Image.Action is not RefreshAction.Restart restart
            || (restart.Container is not null && plan.After.Pin is not null));

    private ImagePlan Refuse(ImagePlan plan, GateResult refusal, Digest target)
    {
        var failures = plan.Before.Failures + 1;
        plan = plan with { After = plan.After.Note(refusal.IsRefusal ? target : null, scene.Now) };
        if (refusal.Outcome == Outcome.Incomplete)
            return plan.Counted(refusal.Outcome, refusal.Message, failures, scene.Policy);
        if (refusal.Outcome == Outcome.Unresolved)
            return plan.Unresolved(refusal.Message, refusal.Until, failures, scene.Policy);
        return plan with
        {
            Outcome = refusal.Outcome,
            Message = refusal.Message,
            Until = refusal.Until,
            IsOverdue = refusal.IsOverdue,
            Unjudged = refusal.NeedsEvidence ? target : null,
        };
    }

    // A change by another writer, or a leftover of an earlier digest, needs a rollout to be corrected.
    private bool Skips(ImagePlan plan, Digest target) =>
        plan is { Live: { } live, After.Settled: { } settled }
        && OtherPlatforms.AreAllThatChanged(scene.Candidate(plan, target))
        && Step.Repair(plan, live, settled, scene.Workload) is null;

    private static ImagePlan Skip(ImagePlan plan, Digest target) => plan with
    {
        Outcome = Outcome.Skipped,
        Message = "only other platforms have changed: recorded, nothing restarted",
        After = OtherPlatforms.Skip(plan.After, target, plan.Image.Gates.Platforms),
    };

    private bool IsOutOfTurn(ImagePlan plan, Digest target) =>
        scene.Turn is { } turn && turn != plan.Image.Name && plan.After.Quarantine.Suspects(target);

    private ImagePlan Defer(ImagePlan plan) => plan with
    {
        Outcome = Outcome.Deferred,
        Message = "too little of the tick is left to watch a rollout to its end; if this goes on, raise tickTimeout",
        IsOverdue = scene.IsOverdue,
    };
}
