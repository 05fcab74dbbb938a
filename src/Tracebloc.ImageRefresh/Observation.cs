namespace Tracebloc.ImageRefresh;

/// <summary>A workload as one read showed it. <paramref name="Rollout"/> may know more than its status does: its pods.</summary>
internal sealed record Observation(Workload Workload, RolloutStatus Rollout);
