using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal static partial class Planner
{
    /// <summary>The rows of the table for an image whose registry answered.</summary>
    private static ImagePlan Decide(ImagePlan plan, Scene scene)
    {
        var (record, live, latest, rollout) = (plan.After, plan.Live, plan.Latest, scene.Seen.Rollout);
        if (latest is null || live is null)
            throw new InvalidOperationException("An image is decided on after it was resolved and observed.");
        if (record.GaveUp == latest)
            return plan with { Outcome = Outcome.GaveUp, Message = GaveUpMessage(record) };
        if (record.InFlight && live.Digest == record.Applied && rollout.IsProgressing)
            return Wait(plan, rollout);
        if (record.Settled is null)
            return FirstSight(plan, live, latest, rollout);
        if (record.Settled != latest)
            return Roll(plan, Outcome.Refreshed, $"{Short(record.Settled)} -> {Short(latest)}", scene);
        return Disagreement(plan, live, latest, scene.Seen.Workload) switch
        {
            null => Unchanged(plan, live, latest),
            var (outcome, message) => Roll(plan, outcome, message, scene),
        };
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
        // Called settled while it still rolls, a stuck rollout would look like a success for good (chart 1.4, pass 2).
        if (rollout.IsProgressing)
            return Wait(plan, rollout);
        return plan with
        {
            Outcome = Outcome.Adopted,
            Message = live.Digest == latest
                ? "adopted as it is"
                : $"adopted as it is; {Short(latest)} follows on the next tick",
            After = plan.After with { Settled = live.Digest },
        };
    }

    /// <summary>Null where record, registry and workload agree; else what has to be done so that they do.</summary>
    private static (Outcome Outcome, string Message)? Disagreement(
        ImagePlan plan, LiveValue live, Digest latest, Workload workload)
    {
        var record = plan.After;
        if (plan.Image.Action is RefreshAction.Restart)
        {
            // The pods last restarted for a digest that failed, and the registry has gone back to the one before.
            return record.Applied is not null && record.Applied != latest
                ? (Outcome.Refreshed, $"back to {Short(latest)}")
                : Retry(record, latest);
        }
        if (live.IsAbsent)
        {
            return record.Applied is null
                ? null
                : (Outcome.Repaired, $"removed by {Who()}; {Short(latest)} again");
        }
        if (live.Digest != latest)
            return (Outcome.Repaired, $"changed to {Short(live)} by {Who()}; {Short(latest)} again");
        return Retry(record, latest);

        string Who() => FieldOwner.LastWriter(workload, plan.Image.Action);
    }

    private static (Outcome Outcome, string Message)? Retry(RefreshRecord record, Digest latest) =>
        record.Applied == latest && record.FailedAttempts > 0
            ? (Outcome.Retried, $"{Short(latest)} again")
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
                : live.IsAbsent && plan.Image.Action is not RefreshAction.Restart ? "the floating tag stands for it"
                : "",
            After = after,
        };
    }

    private static ImagePlan Roll(ImagePlan plan, Outcome outcome, string message, Scene scene)
    {
        if (scene.Seen.Rollout.IsProgressing)
            return Wait(plan, scene.Seen.Rollout);
        RefusePaused(plan.Image, scene.Seen.Workload);
        var (record, target, most) = (plan.After, plan.Latest, scene.Policy.MaxRefreshAttempts);
        if (target is null)
            throw new InvalidOperationException("Only a digest can be rolled out.");
        if (record.Applied == target && record.FailedAttempts >= most)
        {
            var after = record with { GaveUp = target };
            return plan with { Outcome = Outcome.GaveUp, Message = GaveUpMessage(after), After = after };
        }
        var applied = record.Apply(target, scene.Now);
        return plan with
        {
            Outcome = applied.Attempts > 1 ? Outcome.Retried : outcome,
            Message = applied.Attempts > 1 ? $"{message}, attempt {applied.Attempts} of {most}" : message,
            After = applied,
            Target = target,
        };
    }

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

    private static string? Short(LiveValue live) => live.Digest is { } digest ? Short(digest) : live.Text;

    private static string Short(Digest digest) => $"{digest.Algorithm}:{digest.Hex[..12]}";
}
