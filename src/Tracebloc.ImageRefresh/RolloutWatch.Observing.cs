namespace Tracebloc.ImageRefresh;

internal sealed partial class RolloutWatch
{
    /// <summary>The workload as it is; what keeps it from being read is part of the answer.</summary>
    public async Task<WorkloadSighting> ObserveAsync(WorkloadSighting workload, CancellationToken token)
    {
        var floating = workload.Images.Where(image => image.Floats).ToList();
        return floating.Count == 0
            ? workload
            : await workload.ReadAsync(
                async t => workload with { Seen = await ObserveAsync(workload.Workload, floating, t) }, token);
    }

    public async Task<Observation> ObserveAsync(
        WorkloadReference reference, IEnumerable<TrackedImage> images, CancellationToken token)
    {
        var workload = await api.GetAsync(reference, token);
        var rollout = RolloutStatus.Of(reference.Kind, workload);
        if (!rollout.IsProgressing || !images.Any(image => IsInFlight(image, workload)))
            return new Observation(workload, rollout);
        var trouble = await TroubleAsync(workload, token);
        return new Observation(workload, trouble is null ? rollout : RolloutStatus.Failed(trouble));
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
}
