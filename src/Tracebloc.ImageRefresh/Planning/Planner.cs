using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>
/// Decides, from what was observed alone, what one tick does to one workload.
///
/// L is what the registry says now, R the record (<see cref="RefreshRecord.Settled"/>), V the live value:
/// <code>
/// pinned, or given by digest alone      skip
/// registry cannot be asked              count it; past the threshold the run fails
/// R absent, V absent                    record L, no restart
/// R absent, V a digest                  adopt V as R; a newer L follows on the next tick
/// R present, L differs from R           roll out L
/// L = R, V another digest               reverted by somebody: roll out R again
/// L = R, V absent, set by this worker   wiped: roll out R again
/// L = R, V absent, never set by it      nothing: the floating tag stands for L anyway
/// all equal                             nothing
/// an earlier rollout has not settled    progressing: wait, counted; failed: the next attempt, or give up
/// the same, and onFailure: rollback     failed: back to R at once, and what failed into quarantine
/// L differs from R and is kept out      V differs from R: roll out R again; else nothing
/// the same, by evidence, with verify    nothing: of R there is none, and a tick has that of one digest only
/// R pinned by a rollback, L let in      unpin: roll out L by its tag
/// </code>
/// A rollback comes after the first failure: who asks for it wants the workload well before the digest is tried again.
/// <c>maxRefreshAttempts</c> then counts the rollouts of R, and of a digest that may not have been the cause: one that
/// failed together with other changes, or whose rollback failed too, is tried again alone (<see cref="TurnOf"/>).
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
internal static partial class Planner
{
    /// <param name="seen">The workload, as it was read.</param>
    /// <param name="sightings">Its images, and what their registries answered.</param>
    /// <param name="policy">What is tolerated, and how often.</param>
    /// <param name="now">When a rollout that is planned here counts as started.</param>
    /// <param name="mayRoll">Whether enough of the tick is left to watch a rollout to its end.</param>
    public static WorkloadPlan Plan(
        WorkloadState seen,
        IReadOnlyList<ImageLookup> sightings,
        RefreshPolicy policy,
        DateTimeOffset now,
        bool mayRoll = true)
    {
        if (MisfitOf(seen.Workload) is { } misfit)
            return Refused(sightings.Select(sighting => Misconfigured(sighting.Image, misfit)));
        var images = sightings.Select(sighting => sighting.Image).ToList();
        var rollout = WithPatience(seen, images, policy, now);
        var scene = new Scene(seen with { Rollout = rollout }, images, policy, now)
        {
            MayRoll = mayRoll,
            IsRecalled = sightings.Any(sighting => sighting.IsRecalled),
        };
        var plans = PlanAll(scene);
        plans = TurnOf(plans) is { } turn ? PlanAll(scene with { Turn = turn }) : plans;
        return Note(seen, Combine(seen, plans), policy, now);

        List<ImagePlan> PlanAll(Scene of) =>
            [.. sightings.Select(sighting => Guarded(
                () => PlanImage(sighting, of), misfit => Misconfigured(sighting.Image, misfit)))];
    }

    /// <summary>The same with what the registries last served, as far as the records on the workload tell.</summary>
    public static WorkloadPlan Recall(
        WorkloadState seen, IReadOnlyList<TrackedImage> images, RefreshPolicy policy, DateTimeOffset now) =>
        Plan(seen, [.. images.Select(image => ImageLookup.Recall(image, seen.Workload))], policy, now);

    /// <summary>What the end of a rollout, or of the patience with it, means for the images that took part.</summary>
    public static WorkloadPlan Conclude(
        WorkloadState seen, IReadOnlyList<ImagePlan> applied, RefreshPolicy policy, DateTimeOffset now)
    {
        var images = applied.Select(plan => plan.Image).ToList();
        if (MisfitOf(seen.Workload) is { } misfit)
            return Refused(applied.Select(plan => Misconcluded(plan, misfit)));
        var scene = new Scene(seen, images, policy, now);
        var plans = applied.Select(plan => plan.Rolls
            ? Guarded(() => ConcludeImage(plan, scene), misfit => Misconcluded(plan, misfit))
            : plan.Done());
        return Note(seen, Combine(seen, [.. plans]), policy, now);
    }

    /// <summary>What the images of one workload are planned by.</summary>
    private sealed record Scene(
        WorkloadState Seen, IReadOnlyList<TrackedImage> Images, RefreshPolicy Policy, DateTimeOffset Now)
    {
        public bool MayRoll { get; init; } = true;

        /// <summary>Nobody was asked: by the records alone.</summary>
        public bool IsRecalled { get; init; }

        /// <summary>Whose turn it is, where only one may roll out its digest; null where all may.</summary>
        public string? Turn { get; init; }

        public RolloutStatus Rollout => Seen.Rollout;

        /// <summary>How many images stand in the pod template with digests that have yet to settle.</summary>
        public int OnTrial => Images.Count(image => UnsettledRecordOf(image, Seen.Workload) is not null);

        /// <summary>One more tick without progress is one too many.</summary>
        public bool IsOverdue => StreakOf(Seen.Workload) + 1 >= Policy.FailureThreshold;

        public Candidate Candidate(ImagePlan plan, Digest target) =>
            new(plan.Image, target, plan.After, Seen.Workload, Now)
            {
                Policy = Policy,
                Evidence = plan.Evidence?.Digest == target ? plan.Evidence : null,
            };
    }

    private static int StreakOf(Workload workload) => RefreshAnnotations.ReadSkipStreak(workload.Metadata.Annotations);

    private static WorkloadPlan Combine(WorkloadState seen, List<ImagePlan> plans)
    {
        var streak = StreakOf(seen.Workload);
        var next = plans.Exists(plan => plan.Rolls) ? 0
            : plans.Exists(plan => plan.Outcome is Outcome.Waiting or Outcome.Deferred) ? streak + 1
            : seen.Rollout.IsProgressing ? streak
            : 0;
        return new WorkloadPlan(plans, WorkloadEdit.Of(plans, seen.Workload, next));
    }

    private static WorkloadPlan Note(WorkloadState seen, WorkloadPlan plan, RefreshPolicy policy, DateTimeOffset now) =>
        NotificationBuilder.Note(plan, seen.Workload, policy.KeepsNotifications, now);

    private static ImagePlan Guarded(Func<ImagePlan> plan, Func<string, ImagePlan> refuse)
    {
        try
        {
            return plan();
        }
        catch (FormatException misfit)
        {
            return refuse(misfit.Message);
        }
    }

    private static WorkloadPlan Refused(IEnumerable<ImagePlan> plans) => new([.. plans], new WorkloadEdit());

    /// <summary>Why nothing can be planned for the workload as a whole; null where something can.</summary>
    private static string? MisfitOf(Workload workload)
    {
        try
        {
            RefreshAnnotations.ReadSkipStreak(workload.Metadata.Annotations);
            return null;
        }
        catch (FormatException misfit)
        {
            return misfit.Message;
        }
    }

    private static ImagePlan Misconfigured(TrackedImage image, string message) => image.Floats
        ? new ImagePlan { Image = image, Outcome = Outcome.Misconfigured, Message = message }
        : Pinned(image);

    /// <summary>What was patched has happened all the same.</summary>
    private static ImagePlan Misconcluded(ImagePlan applied, string message) => applied.Image.Floats
        ? applied.Ending(Outcome.Misconfigured, message)
        : applied;
}
