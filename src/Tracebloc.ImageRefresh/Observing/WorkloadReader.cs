using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Reads workloads; what keeps one from being read is part of the answer.</summary>
internal sealed class WorkloadReader(WorkloadApi api, ILogger logger)
{
    /// <summary>The workload as it is; what keeps it from being read is part of the answer.</summary>
    public async Task<WorkloadObservation> ObserveAsync(WorkloadObservation workload, CancellationToken token)
    {
        var floating = workload.Images.Where(image => image.Floats).ToList();
        return floating.Count == 0
            ? workload
            : await workload.ReadAsync(
                async t => workload with { Seen = await ObserveAsync(workload.Workload, floating, t) }, token);
    }

    public async Task<WorkloadState> ObserveAsync(
        WorkloadReference reference, IEnumerable<TrackedImage> images, CancellationToken token)
    {
        var workload = await api.GetAsync(reference, token);
        var rollout = RolloutStatus.Of(reference.Kind, workload);
        if (!rollout.IsProgressing || !images.Any(image => IsInFlight(image, workload)))
            return new WorkloadState(workload, rollout);
        var trouble = await TroubleAsync(workload, token);
        return new WorkloadState(workload, trouble is null ? rollout : RolloutStatus.Failed(trouble));
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

    /// <summary>Why the workload's new pods cannot start; null when they can, or may not be read.</summary>
    public async Task<string?> TroubleAsync(Workload workload, CancellationToken token)
    {
        try
        {
            return PodTrouble.Find(workload, await api.ListPodsAsync(workload, token));
        }
        catch (KubernetesException unreadable)
        {
            Log.PodsUnreadable(logger, unreadable.Message);
            return null;
        }
    }
}
