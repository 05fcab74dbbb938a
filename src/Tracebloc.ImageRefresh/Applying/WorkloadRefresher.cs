using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>Carries out the plan for one workload by the protocol of <see cref="Planner"/>.</summary>
internal sealed class WorkloadRefresher(
    WorkloadApi api,
    WorkloadReader reader,
    RolloutWatch rollouts,
    EvidenceCollector evidence,
    RefreshPolicy policy,
    TickClock clock,
    ILogger logger)
{
    public async Task<IReadOnlyList<ImagePlan>> RefreshAsync(
        WorkloadReference reference, WorkloadState seen, IReadOnlyList<ImageLookup> sightings, CancellationToken token)
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
            seen = await reader.ObserveAsync(reference, sightings.Select(sighting => sighting.Image), token);
        }
    }

    /// <summary>Plans by what is known; where that would do but for evidence, by that as well.</summary>
    public async Task<WorkloadPlan> PlanAsync(
        WorkloadState seen, IReadOnlyList<ImageLookup> sightings, CancellationToken token)
    {
        var plan = Planner.Plan(seen, sightings, policy, clock.Now, clock.MayRoll);
        if (!plan.Images.Any(image => image.LacksEvidence))
            return plan;
        var judged = await evidence.CollectAsync(seen.Workload, plan, sightings, token);
        return Planner.Plan(seen, judged, policy, clock.Now, clock.MayRoll);
    }

    /// <summary>Follows what was patched to its end, and then the rollback, should there be one.</summary>
    private async Task<IReadOnlyList<ImagePlan>> FollowAsync(
        WorkloadReference reference, WorkloadPlan plan, Workload patched, CancellationToken token)
    {
        try
        {
            while (plan.Rolls)
            {
                var images = string.Join(", ", plan.Images.Where(image => image.Rolls).Select(Describe));
                Log.RolloutStarted(logger, reference, images);
                // A rollback is made however late it is; where nobody can wait for its end, the next tick looks.
                if (plan.RollsBack && !clock.MayRoll)
                    break;
                var end = await rollouts.FollowAsync(reference, patched, policy.RolloutTimeout, token);
                (plan, patched) = await ConcludeAsync(reference, plan, end, token);
            }
            return plan.Images;
        }
        catch (KubernetesException refused)
        {
            return Unfollowed(plan, refused.Message);
        }
        catch (OperationCanceledException)
        {
            return Unfollowed(plan, WorkloadObservation.OutOfTime);
        }
    }

    private static IReadOnlyList<ImagePlan> Unfollowed(WorkloadPlan plan, string reason) =>
        [.. plan.Images.Select(image => image.Rolls ? image.Ending(Outcome.Unreachable, reason) : image)];

    private async Task<(WorkloadPlan Plan, Workload Workload)> ConcludeAsync(
        WorkloadReference reference, WorkloadPlan plan, WorkloadState end, CancellationToken token)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var conclusion = Planner.Conclude(end, plan.Images, policy, clock.Now);
            if (conclusion.Edit.IsEmpty)
                return (conclusion, end.Workload);
            if (await TryPatchAsync(reference, end, conclusion, conflicts, token) is { } patched)
                return (conclusion, patched);
            var workload = await api.GetAsync(reference, token);
            // The verdict holds for the generation it was given on, unless that has come good in the meantime.
            var status = RolloutStatus.Of(reference.Kind, workload);
            var holds = workload.Metadata.Generation == end.Workload.Metadata.Generation && !status.IsSettled;
            end = new WorkloadState(workload, holds ? end.Rollout : status);
        }
    }

    /// <summary>Null where somebody else wrote first: then the workload is read and planned again.</summary>
    private async Task<Workload?> TryPatchAsync(
        WorkloadReference reference, WorkloadState seen, WorkloadPlan plan, int conflicts, CancellationToken token)
    {
        var patched = await api.TryPatchAsync(reference, plan.Edit, seen.Workload, conflicts, token);
        if (patched is null)
            Log.Conflict(logger, reference);
        return patched;
    }

    private static string Describe(ImagePlan plan) => $"{plan.Image.Name}: {plan.Message}";
}
