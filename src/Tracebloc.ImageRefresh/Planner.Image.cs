using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal static partial class Planner
{
    private static ImagePlan PlanImage(ImageSighting sighting, Scene scene)
    {
        var (image, seen) = (sighting.Image, scene.Seen);
        if (!image.Floats)
            return Pinned(image);
        RefuseOnDelete(image, seen.Workload);
        var before = RefreshAnnotations.Read(image.Name, seen.Workload.Metadata.Annotations);
        var live = LiveValue.Read(image, seen.Workload, before);
        var judged = Judge(before, live, seen.Rollout, scene.Policy);
        var plan = new ImagePlan
        {
            Image = image,
            Outcome = Outcome.Unchanged,
            Message = "",
            Before = before,
            After = judged,
            Live = live,
            Evidence = sighting.Evidence,
        };
        if (sighting.Resolution is not { IsOk: true, Digest: { } latest })
            return Unresolved(plan, sighting.Resolution, scene.Policy);
        var wanted = OtherPlatforms.WereSkipped(judged, latest, image.Gates) ? judged.Settled ?? latest : latest;
        return Decide(
            plan with { Latest = latest, After = Resolved(judged, wanted, image, scene) }, live, wanted, scene);
    }

    public static ImagePlan Pinned(TrackedImage image) => new()
    {
        Image = image,
        Outcome = Outcome.Pinned,
        Message = image.Pinned ? "pinned by the configuration" : "given by digest alone",
    };

    // kubectl rollout status refuses these too: their pods change only when somebody deletes them.
    private static void RefuseOnDelete(TrackedImage image, Workload workload)
    {
        if (workload.Spec.UpdateStrategy?.Type == "OnDelete")
        {
            throw new FormatException(
                $"{image.Workload} has updateStrategy OnDelete, so a refresh would replace no pod; use RollingUpdate");
        }
    }

    private static ImagePlan Unresolved(ImagePlan plan, Resolution? resolution, RefreshPolicy policy)
    {
        var counted = Count(plan, Outcome.Unresolved, resolution?.Message ?? "the registry was not asked", policy);
        return counted with { After = counted.After with { NotBefore = resolution?.RetryAt } };
    }

    /// <summary>What is the registry's fault is tolerated for a while.</summary>
    private static ImagePlan Count(ImagePlan plan, Outcome outcome, string reason, RefreshPolicy policy)
    {
        var failures = plan.Before.Failures + 1;
        return plan with
        {
            Outcome = outcome,
            Message = $"{reason} ({failures} ticks in a row, tolerated below {policy.FailureThreshold})",
            After = plan.After with
            {
                Failures = failures,
                // Why a rollout failed is worth more than a registry's bad moment, and nobody would say it again.
                Error = plan.After.FailedAttempts > 0 ? plan.After.Error : reason,
            },
        };
    }

    private static RefreshRecord Resolved(RefreshRecord record, Digest latest, TrackedImage image, Scene scene) =>
        Soak.Note(record, latest, image.Gates, scene.Now) with
        {
            Failures = 0,
            NotBefore = null,
            GaveUp = record.GaveUp == latest ? latest : null,
            Error = record.FailedAttempts > 0 ? record.Error : null,
        };

    /// <summary>Turns a rollout that stands in the record into what has become of it.</summary>
    private static RefreshRecord Judge(
        RefreshRecord record, LiveValue live, RolloutStatus rollout, RefreshPolicy policy)
    {
        if (!IsUnsettled(record, live))
            return record;
        // Also an attempt that had been called failed, or given up, may have come good since.
        if (rollout.IsSettled)
            return record.Settle();
        return rollout.IsFailed && record.InFlight
            ? record.Fail(rollout.Message, policy.MaxRefreshAttempts)
            : record;
    }

    private static bool IsUnsettled(RefreshRecord record, LiveValue live) =>
        record.Attempts > 0 && record.Applied is not null && live.Digest == record.Applied;

    private static ImagePlan ConcludeImage(Observation seen, ImagePlan applied, RefreshPolicy policy)
    {
        var before = RefreshAnnotations.Read(applied.Image.Name, seen.Workload.Metadata.Annotations);
        var live = LiveValue.Read(applied.Image, seen.Workload, before);
        var after = Judge(before, live, seen.Rollout, policy);
        var plan = applied with { Before = before, After = after, Live = live, Target = null };
        if (after.Attempts == 0 && after.Settled == applied.Target)
            return plan with { Message = $"{applied.Message}; {seen.Rollout.Message}" };
        if (after.GaveUp == applied.Target)
            return plan with { Outcome = Outcome.GaveUp, Message = GaveUpMessage(after) };
        if (seen.Rollout.IsProgressing)
            return Wait(plan, seen.Rollout);
        return plan with
        {
            Outcome = Outcome.RolloutFailed,
            Message = live.Digest == applied.Target
                ? $"attempt {after.Attempts} of {policy.MaxRefreshAttempts} failed: {seen.Rollout.Message}"
                : "somebody changed the workload during the rollout; the next tick sets it again",
        };
    }

    private static string GaveUpMessage(RefreshRecord record) =>
        $"given up after {record.FailedAttempts} attempts until the registry serves another digest; "
        + $"last error: {record.Error}";
}
