using System.Diagnostics.CodeAnalysis;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>Plans one image by the table of <see cref="Planner"/>.</summary>
internal sealed class ImagePlanner(Scene scene)
{
    private readonly RollPlan _rolls = new(scene);
    private readonly RollbackPlan _rollbacks = new(scene);

    public ImagePlan Plan(ImageLookup lookup)
    {
        var image = lookup.Image;
        if (!image.Floats)
            return ImagePlan.Pinned(image);
        if (Misconfiguration.Of(image, scene.Workload) is { } misfit)
            return ImagePlan.Misconfigured(image, misfit);
        if (!TryRead(image, out var before, out var record, out var live, out var reason))
            return ImagePlan.Misconfigured(image, reason);
        if (lookup.IsFromRecords && (before.Settled ?? before.Seen) is null)
            return new() { Image = image, Outcome = Outcome.Unseen, Message = "no run has recorded it yet" };
        var served = lookup.Answer is { IsOk: true, Value: { } digest } ? digest : null;
        var judged = scene.Judge.Judge(image, record, live, served);
        var plan = new ImagePlan
        {
            Image = image,
            Outcome = Outcome.Unchanged,
            Message = "",
            Before = before,
            Pin = record.Pin,
            After = judged,
            Judged = judged,
            Latest = served,
            Live = live,
            Warnings = lookup.Warnings,
        };
        var stay = _rollbacks.RollBack(plan);
        if (stay is not null)
        {
            if (!MayGoOn(stay, served))
                return stay;
            plan = plan with { After = stay.After };
        }
        if (served is not { } latest)
            return Unresolved(plan, lookup);
        var wanted = OtherPlatforms.WereSkipped(judged, latest, image.Gates) ? judged.Settled ?? latest : latest;
        var resolved = Resolved(plan.After.Resume(live.Digest), wanted, image);
        var decided = Decide(plan with { After = resolved }, live, wanted);
        if (stay is not null && !decided.Rolls)
            return stay.Beside(decided);
        return lookup.IsFromRecords ? WithForecast(decided) : decided;
    }

    /// <summary>The end of a rollout, for an image that took part in it.</summary>
    public ImagePlan Conclude(ImagePlan applied)
    {
        var image = applied.Image;
        if (!TryRead(image, out var before, out var record, out var live, out var reason))
            return applied.Misconcluded(reason);
        var after = scene.Judge.Judge(image, record, live);
        var plan = applied with
        {
            Before = before,
            Pin = record.Pin,
            After = after,
            Judged = after,
            Live = live,
            Approved = null,
        };
        if (after.Attempts == 0 && after.Settled == applied.Target)
            return plan with { Message = $"{applied.Message}; {scene.Rollout.Message}" };
        if (_rollbacks.RollBack(plan) is { } rollback)
            return rollback.Outcome == Outcome.Misconfigured ? applied.Misconcluded(rollback.Message) : rollback;
        if (after.GaveUp == applied.Target)
            return plan.GivenUp();
        return scene.Rollout.IsProgressing
            ? plan.Waiting(scene.Rollout.Message)
            : Failed(plan, live.Digest == applied.Target);
    }

    // Where the way back is refused, a newer digest may be the cure of the failed one.
    private static bool MayGoOn(ImagePlan rollback, Digest? served) =>
        rollback is { Outcome: Outcome.RolloutFailed, NeedsEvidence: false }
        && served is not null && served != rollback.After.Applied;

    private bool TryRead(
        TrackedImage image,
        out RefreshRecord before,
        out RefreshRecord record,
        [NotNullWhen(true)] out LiveDigest? live,
        [NotNullWhen(false)] out string? reason)
    {
        var reading = scene.Seen.RecordOf(image);
        (before, record) = reading is RecordReading.Ok(var written, var believed)
            ? (written, believed)
            : (new RefreshRecord(), new RefreshRecord());
        live = null;
        reason = (reading as RecordReading.Unreadable)?.Message;
        return reason is null && LiveDigest.TryRead(image, scene.Workload, record, out live, out reason);
    }

    /// <summary>The rows of the table for an image whose registry answered.</summary>
    private ImagePlan Decide(ImagePlan plan, LiveDigest live, Digest latest)
    {
        var (image, record) = (plan.Image, plan.After);
        if (record.GaveUp == latest && !record.Quarantine.Bars(latest))
            return plan.GivenUp();
        if (record.InFlight && live.Digest == record.Applied && scene.Rollout.IsProgressing)
            return plan.Waiting(scene.Rollout.Message);
        if (record.Settled is not { } settled)
            return FirstSight(plan, live, latest);
        var step = settled != latest ? Step.Advance(record, settled, latest)
            // A run that had seen the tag come back would have ended the pin: the records do not say what is served.
            : record.Pin is { } pin && plan.Latest == latest && !scene.IsFromRecords
                ? Step.Unpin(image, pin, live, latest)
            : Step.Repair(plan, live, latest, scene.Workload);
        return step is null ? Unchanged(plan, live, latest) : _rolls.Roll(plan, step, latest);
    }

    private ImagePlan FirstSight(ImagePlan plan, LiveDigest live, Digest latest)
    {
        // The tag may stand for another digest by the next pod that pulls it. Attempts are those of this very rollout.
        if (plan.Image.HoldsDigest && (live.IsAbsent || plan.After.Attempts > 0))
            return _rolls.Roll(plan, Step.Hold(latest), latest);
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
        {
            return ImagePlan.Misconfigured(
                plan.Image, $"{live.Description} stands where a digest belongs; remove it or set a digest");
        }
        // Recorded as settled, a stuck rollout would look successful forever (chart 1.4, pass 2).
        if (scene.Rollout.IsProgressing)
            return plan.Waiting(scene.Rollout.Message);
        if (scene.Rollout.IsFailed && live.Digest == latest)
        {
            return plan with
            {
                Outcome = Outcome.RolloutFailed,
                Message = $"not recorded, since the rollout in place has failed: {scene.Rollout.Message}",
            };
        }
        return plan with
        {
            Outcome = Outcome.Adopted,
            Message = live.Digest == latest
                ? "adopted as it is"
                : $"adopted as it is; {latest.Short()} follows on the next tick",
            After = plan.After.Forget() with { Settled = live.Digest },
        };
    }

    private static ImagePlan Unchanged(ImagePlan plan, LiveDigest live, Digest latest)
    {
        // An attempt is over when another writer undid it, back to the registry's present digest.
        var record = plan.After;
        var after = record.Attempts > 0 ? (record with { Applied = latest }).Settle(isProven: false) : record;
        var settledNow = plan.Before.Attempts > 0 && after.Attempts == 0;
        return plan with
        {
            Outcome = settledNow ? Outcome.Settled : Outcome.Unchanged,
            Message = settledNow && !plan.Image.Workload.HasRollout ? "an earlier tick's change holds"
                : settledNow ? "an earlier tick's rollout is complete"
                : plan.Latest != latest ? $"{latest.Short()} stays; only other platforms have changed since"
                : record.Pin is { } pin ? $"{pin.Container} stays pinned to {latest.Short()}"
                : live.IsAbsent && plan.Image.Action is not RefreshAction.Restart ? "the floating tag stands for it"
                : "",
            After = after with { Undone = null },
        };
    }

    // Records contain a newer digest with minAge only; the gates closed at this hour are reported without one.
    private ImagePlan WithForecast(ImagePlan plan)
    {
        if (plan is not { Outcome: Outcome.Unchanged, Latest: { } latest })
            return plan;
        var candidate = scene.Candidate(plan, latest);
        return (Hold.Check(candidate) ?? OpeningHours.Check(candidate)) is { } refusal
            ? plan with { Message = $"a newer digest would be {refusal.Message}", Until = refusal.Until }
            : plan;
    }

    private ImagePlan Unresolved(ImagePlan plan, ImageLookup lookup)
    {
        var answer = lookup.Answer;
        var reason = answer?.Message ?? "the registry was not asked";
        var failures = plan.Before.Failures + (lookup.IsFromRecords ? 0 : 1);
        return plan.Unresolved(reason, answer?.RetryAt, failures, scene.Policy);
    }

    private RefreshRecord Resolved(RefreshRecord record, Digest latest, TrackedImage image) =>
        Soak.Note(record, latest, image, scene.Now) with
        {
            Failures = 0,
            NotBefore = null,
            GaveUp = StaysGivenUp(record, latest) ? record.GaveUp : record.Quarantine.Bars(latest) ? latest : null,
            Quarantine = record.Quarantine.WithoutSuspectsBut(latest),
            Error = record.FailedAttempts > 0 || record.IsContested ? record.Error : null,
            Good = IsConfirmed(record, latest) ? null : record.Good,
            Refusals = record.Refusals.Only(refused =>
                refused == latest || refused == record.Settled || refused == record.Good),
        };

    // A digest that was gone back to, and given up while the quarantined one was served, stays given up.
    private static bool StaysGivenUp(RefreshRecord record, Digest latest) =>
        record.GaveUp is { } lost
        && (lost == latest
            || (lost == record.Applied && lost == record.Settled && record.Quarantine.Find(latest) is not null));

    // Whatever else the tag stood for meanwhile, the pods are well and it is this digest again.
    private bool IsConfirmed(RefreshRecord record, Digest served) =>
        record.Attempts == 0 && record.Settled == served && scene.Rollout.IsSettled;

    private ImagePlan Failed(ImagePlan plan, bool isInPlace)
    {
        var (attempts, most) = (plan.After.Attempts, scene.Policy.MaxRefreshAttempts);
        var failure = $"attempt {attempts} of {most} failed: {scene.Rollout.Message}";
        return plan with
        {
            Outcome = Outcome.RolloutFailed,
            Message = !isInPlace
                ? $"{plan.LastWriter(scene.Workload)} changed the workload during the rollout; the next tick sets it"
                    + " again"
                : plan.Outcome == Outcome.RolledBack ? $"{plan.Message}, which failed too: {failure}"
                : failure,
        };
    }
}
