using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

internal static partial class Planner
{
    /// <summary>
    /// Back to what was good, whatever the registry serves by now: that is the next tick's. Null where nothing new
    /// has failed, or it stays in place.
    /// </summary>
    private static ImagePlan? RollBack(ImagePlan plan, Scene scene)
    {
        var record = plan.After;
        if (plan.Image.OnFailure != OnFailure.Rollback || !scene.Rollout.IsFailed || record.FailedAttempts == 0
            || plan.Live is not { } live || !IsOnTrial(record, live)
            || record is not { Refuge: { } good, Applied: { } failed } || good == failed)
            return null;
        // Whoever wants hands off wants it now, too; no other gate is about a digest that had been settled on.
        if (Hold.Check(scene.Candidate(plan, good)) is not null)
            return null;
        RefusePaused(plan.Image, scene.Seen.Workload);
        var entry = Convict(record, failed, scene);
        return plan with
        {
            Outcome = Outcome.RolledBack,
            Message = $"{record.Error}; back to {good.Short()}"
                + (entry.IsSuspect ? "; tried again alone, since other changes failed with it" : ""),
            After = record.RollBack(good, entry) with
            {
                AppliedTo = plan.Image.Action.Place,
                Pin = PinOf(plan, scene.Seen.Workload),
            },
            Target = good,
        };
    }

    /// <summary>A digest is in the workload that the workload has yet to settle on.</summary>
    private static bool IsOnTrial(RefreshRecord record, LiveDigest live) =>
        IsUnsettled(record, live) && record.Applied != record.Settled;

    private static QuarantineEntry Convict(RefreshRecord record, Digest failed, Scene scene)
    {
        var isAlone = scene.OnTrial == 1
            && !FieldOwner.HasChangedTemplateSince(scene.Seen.Workload, record.AppliedAt);
        var failures = (record.Quarantine.Find(failed)?.Failures ?? 0) + 1;
        return new(failed, scene.Now, record.Error ?? "")
        {
            Failures = failures,
            IsSuspect = !isAlone && failures < scene.Policy.MaxRefreshAttempts,
        };
    }

    /// <summary>Null where the action sets a digest by itself, or nobody said which container to pin.</summary>
    private static ImagePin? PinOf(ImagePlan plan, Workload workload)
    {
        var earlier = plan.After.Pin;
        if ((earlier?.Container ?? (plan.Image.Action as RefreshAction.Restart)?.Container) is not { } name)
            return null;
        var image = LiveDigest.Find(workload, name).Image ?? "";
        return earlier is not null && image.Contains('@', StringComparison.Ordinal) ? earlier : new(name, image);
    }
}
