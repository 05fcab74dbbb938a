using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Applying;

internal sealed partial class Tick
{
    private static async Task<WorkloadObservation> ObserveAsync(
        WorkloadReader reader, PullSecretReader? secrets, WorkloadObservation workload, CancellationToken token)
    {
        var seen = await reader.ObserveAsync(workload, token);
        return secrets is not null && seen.Seen is { Workload.Spec.Template.Spec: var pods }
            ? await seen.ReadAsync(async t => seen with { Credentials = await secrets.ReadAsync(pods, t) }, token)
            : seen;
    }

    private static async Task<IReadOnlyList<ImagePlan>> RefreshWorkloadAsync(
        WorkloadRefresher refresher,
        WorkloadObservation workload,
        IReadOnlyList<ImageLookup> sightings,
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
            return workload.Unreachable(WorkloadObservation.OutOfTime);
        }
    }
}
