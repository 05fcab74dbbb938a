using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

/// <summary>Carries out the plan for one workload by the protocol of <see cref="Planner"/>.</summary>
internal sealed class WorkloadRefresher(
    WorkloadApi api,
    RolloutWatch rollouts,
    EvidenceCollector evidence,
    RefreshPolicy policy,
    TickClock clock,
    ILogger logger)
{
    private const int MostConflicts = 5;

    public async Task<Observation> ObserveAsync(
        WorkloadReference reference, IEnumerable<TrackedImage> images, CancellationToken token)
    {
        var workload = await api.GetAsync(reference, token);
        var rollout = RolloutStatus.Of(reference.Kind, workload);
        if (!rollout.IsProgressing || !images.Any(image => IsInFlight(image, workload)))
            return new Observation(workload, rollout);
        var trouble = await rollouts.TroubleAsync(workload, token);
        return new Observation(workload, trouble is null ? rollout : RolloutStatus.Failed(trouble));
    }

    public async Task<IReadOnlyList<ImagePlan>> RefreshAsync(
        WorkloadReference reference, Observation seen, IReadOnlyList<ImageSighting> sightings, CancellationToken token)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var plan = await PlanAsync(seen, sightings, token);
            if (plan.Edit.IsEmpty)
                return plan.Images;
            foreach (var image in plan.Images.Where(image => image.Outcome == Outcome.Repaired))
                Log.Reverted(logger, image.Image.Name, reference, image.Message);
            if (await TryPatchAsync(reference, seen, plan, conflicts, token) is { } patched)
                return await FollowAsync(reference, plan, patched, token);
            seen = await ObserveAsync(reference, sightings.Select(sighting => sighting.Image), token);
        }
    }

    /// <summary>Plans by what is known; where that would do but for evidence, by that as well.</summary>
    public async Task<WorkloadPlan> PlanAsync(
        Observation seen, IReadOnlyList<ImageSighting> sightings, CancellationToken token)
    {
        var plan = Planner.Plan(seen, sightings, policy, clock.Now, clock.MayRoll);
        if (!plan.Images.Any(image => image.LacksEvidence))
            return plan;
        var judged = await evidence.CollectAsync(seen.Workload, plan, sightings, token);
        return Planner.Plan(seen, judged, policy, clock.Now, clock.MayRoll);
    }

    private async Task<IReadOnlyList<ImagePlan>> FollowAsync(
        WorkloadReference reference, WorkloadPlan plan, Workload patched, CancellationToken token)
    {
        if (!plan.Rolls)
            return plan.Images;
        var images = plan.Images.Where(image => image.Rolls).Select(Describe);
        Log.RolloutStarted(logger, reference, string.Join(", ", images));
        var end = await rollouts.FollowAsync(reference, patched, policy.RolloutTimeout, token);
        for (var conflicts = 0; ; conflicts++)
        {
            var conclusion = Planner.Conclude(end, plan.Images, policy);
            if (conclusion.Edit.IsEmpty
                || await TryPatchAsync(reference, end, conclusion, conflicts, token) is not null)
                return conclusion.Images;
            var workload = await api.GetAsync(reference, token);
            // The verdict holds for the generation it was given on, unless that has come good in the meantime.
            var status = RolloutStatus.Of(reference.Kind, workload);
            var holds = workload.Metadata.Generation == end.Workload.Metadata.Generation && !status.IsSettled;
            end = new Observation(workload, holds ? end.Rollout : status);
        }
    }

    /// <summary>Null where somebody else wrote first: then the workload is read and planned again.</summary>
    private async Task<Workload?> TryPatchAsync(
        WorkloadReference reference, Observation seen, WorkloadPlan plan, int conflicts, CancellationToken token)
    {
        try
        {
            return await api.PatchAsync(reference, plan.Edit, seen.Workload.Metadata.ResourceVersion, token);
        }
        catch (KubernetesException conflict) when (conflict.IsConflict && conflicts < MostConflicts)
        {
            Log.Conflict(logger, reference);
            return null;
        }
    }

    private static bool IsInFlight(TrackedImage image, Workload workload)
    {
        try
        {
            return RefreshAnnotations.Read(image.Name, workload.Metadata.Annotations).InFlight;
        }
        catch (FormatException)
        {
            return false; // The planner reports it.
        }
    }

    private static string Describe(ImagePlan plan) => $"{plan.Image.Name}: {plan.Message}";
}
