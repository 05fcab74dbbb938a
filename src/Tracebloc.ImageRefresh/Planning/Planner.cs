using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>
/// Decides, from what was observed alone, what one tick does to one workload.
///
/// L is what the registry says now, R the record (<see cref="RefreshRecord.Settled"/>), V the live value:
/// <code>
/// pinned, or given by digest alone      skip
/// registry cannot be asked              count it; past the threshold the run fails
/// R absent, V absent                    record L, no restart; with verify roll out L, for no tag may stand
/// R absent, V a digest                  adopt V as R; a newer L follows on the next tick
/// R present, L differs from R           roll out L
/// L = R, V another digest               reverted by another writer: roll out R again
/// L = R, V absent, set by this worker   wiped: roll out R again
/// L = R, V absent, never set by it      nothing: the floating tag stands for L anyway; with verify roll out R
/// all equal                             nothing
/// R undone by another writer each time  after so many attempts give up, until V or L changes
/// an earlier rollout has not settled    progressing: wait, counted; failed: the next attempt, or give up
/// the same, and onFailure: rollback     failed: back to R at once, and what failed into quarantine
/// the same, no evidence for R           failed: what runs stays, until there is evidence or another L
/// L differs from R and is kept out      V differs from R: roll out R again, if its gates let it; else nothing
/// R pinned by a rollback, L accepted    unpin: roll out L by its tag
/// </code>
/// A rollback comes after the first failure: who asks for it wants the workload well before the digest is tried again.
/// <c>maxRefreshAttempts</c> then counts the rollouts of R, and of a digest that may not have been the cause: one that
/// failed together with other changes, or whose rollback failed too, is retried alone (<see cref="TurnOf"/>).
///
/// The protocol that makes a refresh survive a kill between any two calls, and two workers at once:
/// <list type="number">
/// <item>ONE patch, conditional on the resourceVersion that was read, changes the pod template and says so:
/// <c>refresh-applied</c> = L, <c>refresh-attempts</c> + 1. R stays. Before it nothing happened; after it everything
/// that the next tick has to know is on the workload.</item>
/// <item>The rollout is watched. Nothing is written meanwhile, so a kill loses nothing.</item>
/// <item>A second patch of annotations only concludes: settled (R = applied, no attempts left) or failed
/// (<c>refresh-failed-attempts</c> = attempts, after the last of them <c>refresh-gave-up</c>).</item>
/// <item>A rollback takes the place of that patch: ONE patch as the first, of R, that puts what failed into quarantine.
/// Attempts at a digest that is R are therefore a rollback's or a repair's, never a refresh's. It is watched and
/// concluded as any other rollout, and never rolled back itself.</item>
/// </list>
/// A tick that finds attempts &gt; failed attempts comes after a kill between 1 and 3 and judges the rollout itself:
/// complete, it settles; progressing, it waits; failed, it makes the next attempt. It never starts a second rollout
/// for an attempt that stands, and never takes an attempt for done that did not settle. A conflict (409) means that
/// the workload is read and planned again.
/// </summary>
internal static class Planner
{
    /// <param name="seen">The workload, as it was read.</param>
    /// <param name="lookups">Its images, and what their registries answered.</param>
    /// <param name="policy">The limits of failures and attempts.</param>
    /// <param name="now">The start of a rollout that is planned here.</param>
    /// <param name="mayRoll">True when enough of the tick is left to watch a rollout to its end.</param>
    public static WorkloadPlan Plan(
        WorkloadState seen,
        IReadOnlyList<ImageLookup> lookups,
        RefreshPolicy policy,
        DateTimeOffset now,
        bool mayRoll = true)
    {
        if (seen.Unreadable is { } unreadable)
            return Refused(lookups.Select(lookup => ImagePlan.Misconfigured(lookup.Image, unreadable)), now);
        var judge = RolloutJudge.WithPatience(seen, lookups.Select(lookup => lookup.Image), policy, now);
        var scene = new Scene(seen, judge, policy, now)
        {
            MayRoll = mayRoll,
            IsFromRecords = lookups.Any(lookup => lookup.IsFromRecords),
        };
        var plans = PlanAll(scene);
        plans = TurnOf(plans) is { } turn ? PlanAll(scene with { Turn = turn }) : plans;
        return Combine(scene, plans);

        List<ImagePlan> PlanAll(Scene of)
        {
            var planner = new ImagePlanner(of);
            return [.. lookups.Select(planner.Plan)];
        }
    }

    /// <summary>Plans with the digests last served, as far as the records on the workload contain them.</summary>
    public static WorkloadPlan PlanFromRecords(
        WorkloadState seen, IReadOnlyList<TrackedImage> images, RefreshPolicy policy, DateTimeOffset now) =>
        Plan(seen, [.. images.Select(image => ImageLookup.FromRecord(image, seen))], policy, now);

    /// <summary>Decides what the end of a rollout, or of the patience with it, means for the images in it.</summary>
    public static WorkloadPlan Conclude(
        WorkloadState seen, IReadOnlyList<ImagePlan> applied, RefreshPolicy policy, DateTimeOffset now)
    {
        if (seen.Unreadable is { } unreadable)
            return Refused(applied.Select(plan => plan.Misconcluded(unreadable)), now);
        var scene = new Scene(seen, RolloutJudge.Of(seen, applied.Select(plan => plan.Image), policy), policy, now);
        var planner = new ImagePlanner(scene);
        return Combine(scene, [.. applied.Select(plan => plan.Rolls ? planner.Conclude(plan) : plan.Done())]);
    }

    private static WorkloadPlan Combine(Scene scene, List<ImagePlan> plans)
    {
        var streak = scene.Seen.SkipStreak;
        var next = plans.Exists(plan => plan.Rolls) ? 0
            : plans.Exists(plan => plan.Outcome is Outcome.Waiting or Outcome.Deferred) ? streak + 1
            : scene.Seen.Rollout.IsProgressing ? streak
            : 0;
        return new WorkloadPlan(plans, EditBuilder.Build(plans, scene.Seen, next)) { At = scene.Now };
    }

    private static WorkloadPlan Refused(IEnumerable<ImagePlan> plans, DateTimeOffset now) =>
        new([.. plans], new WorkloadEdit()) { At = now };

    /// <summary>
    /// Retries digests that failed together one at a time, after all new digests, so that a single failure identifies
    /// the culprit. Null where no image has to wait for another.
    /// </summary>
    private static string? TurnOf(List<ImagePlan> plans)
    {
        var tried = plans.Where(plan => plan.Rolls && plan.Target != plan.After.Settled).ToList();
        return tried.Count > 1 && tried.Exists(IsSuspect)
            ? (tried.Find(plan => !IsSuspect(plan)) ?? tried[0]).Image.Name
            : null;
    }

    private static bool IsSuspect(ImagePlan plan) => plan.After.Quarantine.Suspects(plan.Target);
}
