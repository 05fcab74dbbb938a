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
        var rounds = new EvidenceRounds(evidence);
        for (var conflicts = 0; ; conflicts++)
        {
            var plan = await PlanAsync(rounds, seen, lookups, token);
            if (plan.Edit.IsEmpty)
                return patcher.Results(plan.Images);
            if (await patcher.TryPatchAsync(plan, seen, conflicts, token) is { } patched)
                return await FollowAsync(patcher, rounds, new(plan, patched), token);
            seen = await reader.ReadAsync(patcher.Reference, ImagesOf(plan), token);
        }
    }

    /// <summary>Plans alone.</summary>
    public Task<WorkloadPlan> PlanAsync(
        WorkloadState seen, IReadOnlyList<ImageLookup> lookups, CancellationToken token) =>
        PlanAsync(new EvidenceRounds(evidence), seen, lookups, token);

    private Task<WorkloadPlan> PlanAsync(
        EvidenceRounds rounds, WorkloadState seen, IReadOnlyList<ImageLookup> lookups, CancellationToken token) =>
        rounds.PlanAsync(
            seen, judged => Planner.Plan(judged, lookups, policy, clock.Now, clock.MayRoll), token);

    /// <summary>Follows what was patched to its end, and then the rollback, should there be one.</summary>
    private async Task<IReadOnlyList<ImageResult>> FollowAsync(
        WorkloadPatcher patcher, EvidenceRounds rounds, Applied applied, CancellationToken token)
    {
        // A rollback is made however late it is; where no time is left to wait for its end, the next tick looks.
        while (applied.Plan is { Rolls: true } plan && (clock.MayRoll || !plan.RollsBack))
        {
            var start = applied;
            var end = await ClusterAnswer.OfAsync(t => EndAsync(patcher, rounds, start, t), token);
            if (end.Value is not { } conclusion)
            {
                return
                [
                    .. patcher.Results(plan.Images.Where(image => !image.Rolls)),
                    .. patcher.Results(plan.Images.Where(image => image.Rolls), end.Unreachable),
                ];
            }
            applied = conclusion;
        }
        return patcher.Results(applied.Plan.Images);
    }

    private async Task<Applied> EndAsync(
        WorkloadPatcher patcher, EvidenceRounds rounds, Applied applied, CancellationToken token)
    {
        var (reference, images) = (patcher.Reference, applied.Plan.Images);
        var (workload, rollout) =
            await rollouts.FollowAsync(reference, applied.Workload, policy.RolloutTimeout, token);
        for (var conflicts = 0; ; conflicts++)
        {
            var end = WorkloadState.Of(workload, rollout, ImagesOf(applied.Plan));
            var conclusion = await rounds.PlanAsync(
                end, judged => Planner.Conclude(judged, images, policy, clock.Now), token);
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

    /// <summary>A plan that was patched, and the workload after it.</summary>
    private sealed record Applied(WorkloadPlan Plan, Workload Workload);
}
