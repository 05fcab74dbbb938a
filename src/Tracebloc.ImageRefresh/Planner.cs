namespace Tracebloc.ImageRefresh;

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
/// </code>
///
/// The protocol that makes a refresh survive a kill between any two calls, and two workers at once:
/// <list type="number">
/// <item>ONE patch, conditional on the resourceVersion that was read, changes the pod template and says so:
/// <c>refresh-applied</c> = L, <c>refresh-attempts</c> + 1. R stays. Before it nothing happened; after it everything
/// that the next tick has to know is on the workload.</item>
/// <item>The rollout is watched. Nothing is written meanwhile, so a kill loses nothing.</item>
/// <item>A second patch of annotations only concludes: settled (R = applied, no attempts left) or failed
/// (<c>refresh-failed-attempts</c> = attempts, after the last of them <c>refresh-gave-up</c>).</item>
/// </list>
/// A tick that finds attempts &gt; failed attempts comes after a kill between 1 and 3 and judges the rollout itself:
/// complete, it settles; progressing, it waits; failed, it makes the next attempt. It never starts a second rollout
/// for an attempt that stands, and never takes an attempt for done that did not settle. A conflict (409) means that
/// the workload is read and planned again.
/// </summary>
internal static partial class Planner
{
    public static WorkloadPlan Plan(
        Observation seen, IReadOnlyList<ImageSighting> sightings, RefreshPolicy policy, DateTimeOffset now)
    {
        if (MisfitOf(seen.Workload) is { } misfit)
            return Refused(sightings.Select(sighting => sighting.Image), misfit);
        var scene = new Scene(seen with { Rollout = Judge(seen, sightings, policy) }, policy, now);
        var plans = sightings.Select(sighting => Guarded(sighting.Image, () => PlanImage(sighting, scene)));
        return Combine(scene.Seen, [.. plans]);
    }

    /// <summary>What the end of a rollout, or of the patience with it, means for the images that took part.</summary>
    public static WorkloadPlan Conclude(
        Observation seen, IReadOnlyList<ImagePlan> applied, RefreshPolicy policy)
    {
        if (MisfitOf(seen.Workload) is { } misfit)
            return Refused(applied.Select(plan => plan.Image), misfit);
        var plans = applied.Select(plan => plan.Rolls
            ? Guarded(plan.Image, () => ConcludeImage(seen, plan, policy))
            : plan with { Before = plan.After });
        return Combine(seen, [.. plans]);
    }

    /// <summary>
    /// A rollout that is waited for has an end: after so many ticks, or where an earlier tick has called it failed by
    /// what it saw of the pods, it is not taken for progressing any more.
    /// </summary>
    private static RolloutStatus Judge(Observation seen, IReadOnlyList<ImageSighting> sightings, RefreshPolicy policy)
    {
        if (!seen.Rollout.IsProgressing)
            return seen.Rollout;
        var streak = RefreshAnnotations.ReadSkipStreak(seen.Workload.Metadata.Annotations);
        if (streak >= policy.FailureThreshold)
            return RolloutStatus.Failed($"not complete after {streak} ticks: {seen.Rollout.Message}");
        var records = sightings
            .Select(sighting => RecordOfRollout(sighting.Image, seen.Workload))
            .OfType<RefreshRecord>()
            .ToList();
        return records.Count > 0 && !records.Exists(record => record.InFlight)
            ? RolloutStatus.Failed(records[0].Error ?? seen.Rollout.Message)
            : seen.Rollout;
    }

    /// <summary>Null where nothing is unsettled, or the template is not what was applied for this image.</summary>
    private static RefreshRecord? RecordOfRollout(TrackedImage image, Workload workload)
    {
        try
        {
            var record = RefreshAnnotations.Read(image.Name, workload.Metadata.Annotations);
            return IsUnsettled(record, LiveValue.Read(image, workload, record)) ? record : null;
        }
        catch (FormatException)
        {
            return null; // Said where the image itself is planned.
        }
    }

    /// <summary>What the images of one workload are planned by.</summary>
    private sealed record Scene(Observation Seen, RefreshPolicy Policy, DateTimeOffset Now);

    private static WorkloadPlan Combine(Observation seen, List<ImagePlan> plans)
    {
        var streak = RefreshAnnotations.ReadSkipStreak(seen.Workload.Metadata.Annotations);
        var next = plans.Any(plan => plan.Outcome == Outcome.Waiting) ? streak + 1
            : seen.Rollout.IsProgressing ? streak
            : 0;
        return new WorkloadPlan(plans, WorkloadEdit.Of(plans, seen.Workload, next));
    }

    private static ImagePlan Guarded(TrackedImage image, Func<ImagePlan> plan)
    {
        try
        {
            return plan();
        }
        catch (FormatException misfit)
        {
            return Misconfigured(image, misfit.Message);
        }
    }

    private static WorkloadPlan Refused(IEnumerable<TrackedImage> images, string misfit) =>
        new([.. images.Select(image => Misconfigured(image, misfit))], new WorkloadEdit());

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
}
