using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

internal static partial class Planner
{
    private static ImagePlan PlanImage(ImageLookup sighting, Scene scene)
    {
        var (image, seen) = (sighting.Image, scene.Seen);
        if (!image.Floats)
            return Pinned(image);
        RefuseOnDelete(image, seen.Workload);
        RefuseOrderedReady(image, seen.Workload);
        var before = RefreshAnnotations.Read(image.Name, seen.Workload.Metadata.Annotations);
        var record = before.OnlyWhatCanBePinned(seen.Workload);
        var live = LiveDigest.Read(image, seen.Workload, record);
        if (sighting.IsRecalled && before.Settled is null)
            return new() { Image = image, Outcome = Outcome.Unseen, Message = "no run has recorded it yet" };
        var served = sighting.Resolution is { IsOk: true, Digest: { } digest } ? digest : null;
        var judged = Judge(image, record, live, scene, served);
        var plan = new ImagePlan
        {
            Image = image,
            Outcome = Outcome.Unchanged,
            Message = "",
            Before = before,
            After = judged,
            Judged = judged,
            Latest = served,
            Live = live,
            Evidence = sighting.Evidence,
            Warnings = sighting.Warnings,
        };
        if (RollBack(plan, scene) is { } rollback)
            return rollback;
        if (served is not { } latest)
            return Unresolved(plan, sighting, scene.Policy);
        var wanted = OtherPlatforms.WereSkipped(judged, latest, image.Gates) ? judged.Settled ?? latest : latest;
        var decided = Decide(plan with { After = Resolved(judged, wanted, image, scene) }, live, wanted, scene);
        return sighting.IsRecalled ? Foretell(decided, scene) : decided;
    }

    // Records know of a newer digest with minAge alone; what would keep it out at this hour can be said without one.
    private static ImagePlan Foretell(ImagePlan plan, Scene scene)
    {
        if (plan is not { Outcome: Outcome.Unchanged, Latest: { } latest })
            return plan;
        var candidate = scene.Candidate(plan, latest);
        return (Hold.Check(candidate) ?? OpeningHours.Check(candidate)) is { } barrier
            ? plan with { Message = $"what is newer would be {barrier.Message}", Until = barrier.Until }
            : plan;
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

    // It waits for its broken pod to get ready before it goes back
    // (kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback).
    private static void RefuseOrderedReady(TrackedImage image, Workload workload)
    {
        if (image.OnFailure == OnFailure.Rollback && workload.Spec.PodManagementPolicy == "OrderedReady")
        {
            throw new FormatException(
                $"{image.Workload} has podManagementPolicy OrderedReady and would not go back before somebody deletes"
                + " its broken pod; use Parallel, or onFailure: keep");
        }
    }

    private static ImagePlan Unresolved(ImagePlan plan, ImageLookup sighting, RefreshPolicy policy)
    {
        var resolution = sighting.Resolution;
        var reason = resolution?.Message ?? "the registry was not asked";
        var failures = plan.Before.Failures + (sighting.IsRecalled ? 0 : 1);
        var counted = Count(plan, Outcome.Unresolved, reason, failures, policy);
        return counted with
        {
            After = counted.After with
            {
                NotBefore = resolution?.RetryAt is { } until ? new(until, plan.Image.Image.Domain) : null,
            },
            Until = resolution?.RetryAt,
        };
    }

    /// <summary>What is the registry's fault is tolerated for a while.</summary>
    private static ImagePlan Count(
        ImagePlan plan, Outcome outcome, string reason, int failures, RefreshPolicy policy) => plan with
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

    private static RefreshRecord Resolved(RefreshRecord record, Digest latest, TrackedImage image, Scene scene) =>
        Soak.Note(record, latest, image.Gates, scene.Now) with
        {
            Failures = 0,
            NotBefore = null,
            GaveUp = StaysGivenUp(record, latest) ? record.GaveUp : record.Quarantine.Bars(latest) ? latest : null,
            Quarantine = record.Quarantine.WithoutSuspectsBut(latest),
            Error = record.FailedAttempts > 0 ? record.Error : null,
            Good = IsConfirmed(record, latest, scene.Rollout) ? null : record.Good,
        };

    // One that was gone back to was given up while this was served.
    private static bool StaysGivenUp(RefreshRecord record, Digest latest) =>
        record.GaveUp is { } lost
        && (lost == latest
            || (lost == record.Applied && lost == record.Settled && record.Quarantine.Find(latest) is not null));

    // Whatever else the tag stood for meanwhile, the pods are well and it is this digest again.
    private static bool IsConfirmed(RefreshRecord record, Digest served, RolloutStatus rollout) =>
        record.Attempts == 0 && record.Settled == served && rollout.IsSettled;

    /// <summary>Turns a rollout that stands in the record into what has become of it.</summary>
    private static RefreshRecord Judge(
        TrackedImage image, RefreshRecord record, LiveDigest live, Scene scene, Digest? served = null)
    {
        if (!IsUnsettled(record, live))
            return record;
        // Also an attempt that had been called failed, or given up, may have come good since.
        if (scene.Rollout.IsSettled)
            return record.Settle(IsProven(image, record, served));
        return scene.Rollout.IsFailed && record.InFlight
            ? record.Fail(scene.Rollout.Message, scene.Policy.MaxRefreshAttempts)
            : record;
    }

    /// <summary>
    /// Whether it is what was applied that runs. Pods that pull by tag get well, too, when a container that failed
    /// starts again with what the tag stands for by then.
    /// </summary>
    private static bool IsProven(TrackedImage image, RefreshRecord record, Digest? served) =>
        image.Action is not RefreshAction.Restart || record.Pin is not null
        || (served is null
            ? record.FailedAttempts == 0 && image.OnFailure == OnFailure.Keep
            : served == record.Applied);

    private static bool IsUnsettled(RefreshRecord record, LiveDigest live) =>
        record.Attempts > 0 && record.Applied is not null && live.Digest == record.Applied;

    private static ImagePlan ConcludeImage(ImagePlan applied, Scene scene)
    {
        var (workload, rollout) = (scene.Seen.Workload, scene.Rollout);
        var before = RefreshAnnotations.Read(applied.Image.Name, workload.Metadata.Annotations);
        var record = before.OnlyWhatCanBePinned(workload);
        var live = LiveDigest.Read(applied.Image, workload, record);
        var after = Judge(applied.Image, record, live, scene);
        var plan = applied with { Before = before, After = after, Judged = after, Live = live, Target = null };
        if (after.Attempts == 0 && after.Settled == applied.Target)
            return plan with { Message = $"{applied.Message}; {rollout.Message}" };
        if (RollBack(plan, scene) is { } rollback)
            return rollback;
        if (after.GaveUp == applied.Target)
            return GaveUp(plan);
        return rollout.IsProgressing ? Wait(plan, rollout) : Failed(plan, live.Digest == applied.Target, scene);
    }

    private static ImagePlan Failed(ImagePlan plan, bool isInPlace, Scene scene)
    {
        var (attempts, most) = (plan.After.Attempts, scene.Policy.MaxRefreshAttempts);
        var failure = $"attempt {attempts} of {most} failed: {scene.Rollout.Message}";
        return plan with
        {
            Outcome = Outcome.RolloutFailed,
            Message = !isInPlace ? "somebody changed the workload during the rollout; the next tick sets it again"
                : plan.Outcome == Outcome.RolledBack ? $"{plan.Message}, which failed too: {failure}"
                : failure,
        };
    }

    private static ImagePlan GaveUp(ImagePlan plan) => plan with
    {
        Outcome = Outcome.GaveUp,
        Message = GaveUpMessage(plan.After),
    };

    private static string GaveUpMessage(RefreshRecord record) =>
        $"given up after {record.FailedAttempts} attempts until the registry serves another digest; "
        + $"last error: {record.Error}";
}
