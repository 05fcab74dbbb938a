using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>Carries out the plans for workloads by the protocol of <see cref="Planner"/>.</summary>
internal sealed class WorkloadRefresher(
    WorkloadReader reader,
    RolloutWatch rollouts,
    EvidenceCollector evidence,
    RefreshPolicy policy,
    TickClock clock)
{
    /// <exception cref="KubernetesException">The API server refused the first patch, or a read before it.</exception>
    public async Task<IReadOnlyList<ImageResult>> RefreshAsync(
        WorkloadPatcher patcher, WorkloadState seen, IReadOnlyList<ImageLookup> lookups, CancellationToken token)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var plan = await PlanAsync(seen, lookups, token);
            if (plan.Edit.IsEmpty)
                return patcher.Results(plan.Images);
            if (await patcher.TryPatchAsync(plan, seen, conflicts, token) is { } patched)
                return await FollowAsync(patcher, plan, patched, token);
            seen = await reader.ReadAsync(patcher.Reference, ImagesOf(plan), token);
        }
    }

    /// <summary>Plans by what is known; where only evidence is missing, by that as well.</summary>
    public async Task<WorkloadPlan> PlanAsync(
        WorkloadState seen, IReadOnlyList<ImageLookup> lookups, CancellationToken token)
    {
        var plan = Planner.Plan(seen, lookups, policy, clock.Now, clock.MayRoll);
        if (!plan.Images.Any(image => image.NeedsEvidence))
            return plan;
        var wanted = plan.Images
            .Select(image => image.Unjudged is { } digest ? new EvidenceRequest(digest, image.After) : null);
        var judged = await evidence.CollectAsync(seen.Workload, lookups, wanted, token);
        return Planner.Plan(seen, judged, policy, clock.Now, clock.MayRoll);
    }

    /// <summary>Follows what was patched to its end, and then the rollback, should there be one.</summary>
    private async Task<IReadOnlyList<ImageResult>> FollowAsync(
        WorkloadPatcher patcher, WorkloadPlan plan, Workload patched, CancellationToken token)
    {
        // A rollback is made however late it is; where no time is left to wait for its end, the next tick looks.
        while (plan.Rolls && (clock.MayRoll || !plan.RollsBack))
        {
            var (applied, start) = (plan, patched);
            var end = await ClusterAnswer.OfAsync(t => EndAsync(patcher, applied, start, t), token);
            if (end.Value is not { } conclusion)
            {
                return
                [
                    .. patcher.Results(plan.Images.Where(image => !image.Rolls)),
                    .. patcher.Results(plan.Images.Where(image => image.Rolls), end.Unreachable),
                ];
            }
            (plan, patched) = (conclusion.Plan, conclusion.Workload);
        }
        return patcher.Results(plan.Images);
    }

    private async Task<Conclusion> EndAsync(
        WorkloadPatcher patcher, WorkloadPlan plan, Workload patched, CancellationToken token)
    {
        var (reference, images) = (patcher.Reference, ImagesOf(plan));
        var (workload, rollout) = await rollouts.FollowAsync(reference, patched, policy.RolloutTimeout, token);
        for (var conflicts = 0; ; conflicts++)
        {
            var end = WorkloadState.Of(workload, rollout, images);
            var conclusion = Planner.Conclude(end, plan.Images, policy, clock.Now);
            if (conclusion.Edit.IsEmpty)
                return new(conclusion, workload);
            if (await patcher.TryPatchAsync(conclusion, end, conflicts, token) is { } concluded)
                return new(conclusion, concluded);
            var latest = await reader.GetAsync(reference, token);
            // The verdict holds for the generation it was given on, unless that has come good in the meantime.
            var status = RolloutStatus.Of(reference.Kind, latest);
            var holds = latest.Metadata.Generation == workload.Metadata.Generation && !status.IsSettled;
            (workload, rollout) = (latest, holds ? rollout : status);
        }
    }

    private static List<TrackedImage> ImagesOf(WorkloadPlan plan) => [.. plan.Images.Select(image => image.Image)];

    private sealed record Conclusion(WorkloadPlan Plan, Workload Workload);
}
