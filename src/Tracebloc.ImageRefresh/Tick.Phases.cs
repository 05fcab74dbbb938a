using Tracebloc.ImageRefresh.Credentials;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

internal sealed partial class Tick
{
    private static async Task<WorkloadSighting> ObserveAsync(
        RolloutWatch rollouts, PullSecretReader? secrets, WorkloadSighting workload, CancellationToken token)
    {
        var seen = await rollouts.ObserveAsync(workload, token);
        return secrets is not null && seen.Seen is { Workload.Spec.Template.Spec: var pods }
            ? await seen.ReadAsync(async t => seen with { Credentials = await secrets.ReadAsync(pods, t) }, token)
            : seen;
    }

    private static async Task<IReadOnlyList<ImagePlan>> RefreshWorkloadAsync(
        WorkloadRefresher refresher,
        WorkloadSighting workload,
        IReadOnlyList<ImageSighting> sightings,
        bool dryRun,
        CancellationToken token)
    {
        if (workload.Seen is null)
            return workload.Unseen();
        try
        {
            return dryRun
                ? (await refresher.PlanAsync(workload.Seen, sightings, token)).Images
                : await refresher.RefreshAsync(workload.Workload, workload.Seen, sightings, token);
        }
        catch (KubernetesException refused)
        {
            return workload.Unreachable(refused.Message);
        }
        catch (OperationCanceledException)
        {
            return workload.Unreachable(WorkloadSighting.OutOfTime);
        }
    }
}
