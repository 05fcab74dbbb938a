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
        // A hold holds this, too; no other gate is about a digest that had been settled on.
        if (Hold.Check(scene.Candidate(plan, good)) is not null)
            return null;
        if (Misconfiguration.OfPaused(plan.Image, scene.Workload) is { } paused)
            return ImagePlan.Misconfigured(plan.Image, paused);
        var entry = QuarantineOf(record, failed);
        return plan with
        {
            Outcome = Outcome.RolledBack,
            Message = $"{record.Error}; back to {good.Short()}"
                + (entry.IsSuspect ? "; retried alone, since other changes failed with it" : ""),
            After = record.RollBack(good, entry) with
            {
                AppliedTo = plan.Image.Action.Place,
                Pin = PinOf(plan),
            },
            Target = good,
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
