using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Reads workloads, the records on them and, where asked to, the secrets that their pods pull with.</summary>
internal sealed class WorkloadReader(WorkloadApi api, ILogger logger, PullSecretReader? secrets = null)
{
    /// <summary>Observes a workload of the configuration; why it cannot be read is part of the answer.</summary>
    public async Task<WorkloadObservation> ObserveAsync(WorkloadObservation workload, CancellationToken token)
    {
        if (!workload.Images.Any(image => image.Floats))
            return workload;
        var answer = await ClusterAnswer.OfAsync(t => ReadAsync(workload, t), token);
        return answer.Value ?? workload with { Failure = answer.Unreachable };
    }

    /// <summary>Reads a workload again.</summary>
    /// <exception cref="KubernetesException">The API server refused it.</exception>
    public async Task<WorkloadState> ReadAsync(
        WorkloadReference reference, IReadOnlyList<TrackedImage> images, CancellationToken token)
    {
        var workload = await api.GetAsync(reference, token);
        var state = WorkloadState.Of(workload, RolloutStatus.Of(reference.Kind, workload), images);
        if (!state.Rollout.IsProgressing || !images.Any(image => state.RecordOf(image).Record?.InFlight == true))
            return state;
        var trouble = await TroubleAsync(reference, workload, token);
        return trouble is null ? state : state with { Rollout = RolloutStatus.Failed(trouble) };
    }

    /// <summary>Reads a workload alone.</summary>
    /// <exception cref="KubernetesException">The API server refused it.</exception>
    public Task<Workload> GetAsync(WorkloadReference reference, CancellationToken token) =>
        api.GetAsync(reference, token);

    private async Task<WorkloadObservation> ReadAsync(WorkloadObservation workload, CancellationToken token)
    {
        var seen = await ReadAsync(workload.Workload, workload.Images, token);
        return workload with
        {
            Seen = seen,
            Credentials = secrets is null
                ? workload.Credentials
                : await secrets.ReadAsync(seen.Workload.Spec.Template.Spec, token),
        };
    }

    /// <summary>The reason why the new pods cannot start; null when they can, or reading pods is forbidden.</summary>
    private async Task<string?> TroubleAsync(
        WorkloadReference reference, Workload workload, CancellationToken token)
    {
        try
        {
            return await PodTrouble.FindAsync(api, reference, workload, token);
        }
        catch (KubernetesException unreadable)
        {
            Log.PodsUnreadable(logger, unreadable.Message);
            return null;
        }
    }
}
