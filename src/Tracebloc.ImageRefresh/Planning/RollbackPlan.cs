using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>Plans the way back from a digest whose rollout failed.</summary>
internal sealed class RollbackPlan(Scene scene)
{
    /// <summary>
    /// Back to the last known good digest, whatever the registry serves by now: that is the next tick's. Null where
    /// nothing new has failed, or it stays in place.
    /// </summary>
    public ImagePlan? RollBack(ImagePlan plan)
    {
        var record = plan.After;
        if (plan.Image.OnFailure != OnFailure.Rollback || !scene.Rollout.IsFailed || record.FailedAttempts == 0
            || plan.Live is not { } live || !RolloutJudge.IsOnTrial(record, live)
            || record is not { LastKnownGood: { } good, Applied: { } failed } || good == failed)
            return null;
        var candidate = scene.Candidate(plan, good);
        if (Hold.Check(candidate) is not null)
            return null;
        if (Misconfiguration.OfPaused(plan.Image, scene.Workload) is { } paused)
            return ImagePlan.Misconfigured(plan.Image, paused);
        if (!Approval.TryGiveReturn(candidate, out var approval, out var refusal))
            return Stay(plan, failed, good, refusal);
        var entry = QuarantineOf(record, failed);
        return plan with
        {
            Outcome = Outcome.RolledBack,
            Message = $"{record.Error}; back to {good.Short()}"
                + (entry.IsSuspect ? "; retried alone, since other changes failed with it" : "")
                + (approval.Signature is { } signature ? $"; {signature.Message}" : ""),
            After = record.RollBack(good, entry) with
            {
                AppliedTo = plan.Image.Action.Place,
                Pin = PinOf(plan),
            },
            Approved = approval,
        };
    }

    // The failed digest stays in place, and the run fails for as long as it does.
    private ImagePlan Stay(ImagePlan plan, Digest failed, Digest good, GateResult refusal)
    {
        var kept = refusal.Outcome == Outcome.Unresolved
            ? plan.Unresolved(refusal.Message, refusal.Until, plan.Before.Failures + 1, scene.Policy)
            : plan;
        return kept with
        {
            Outcome = Outcome.RolloutFailed,
            Message = $"{plan.After.Error}; {failed.Short()} stays: going back to {good.Short()} is not allowed:"
                + $" {refusal.Message}",
            After = kept.After.Note(refusal.IsRefusal ? good : null, scene.Now),
            Unjudged = refusal.NeedsEvidence ? good : null,
        };
    }

    /// <summary>Null where the action sets a digest by itself, or no container to pin is configured.</summary>
    public static ImagePin? PinOf(ImagePlan plan) =>
        (plan.Image.Action as RefreshAction.Restart)?.Container is { } container ? new(container) : null;

    private QuarantineEntry QuarantineOf(RefreshRecord record, Digest failed)
    {
        var isAlone = scene.Judge.OnTrial == 1
            && !FieldOwner.HasChangedTemplateSince(scene.Workload, record.AppliedAt);
        var failures = (record.Quarantine.Find(failed)?.Failures ?? 0) + 1;
        return new(failed, scene.Now, record.Error ?? "")
        {
            Failures = failures,
            IsSuspect = !isAlone && failures < scene.Policy.MaxRefreshAttempts,
        };
    }
}
