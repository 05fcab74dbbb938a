namespace Tracebloc.ImageRefresh;

/// <summary>A workload as one read showed it; <paramref name="Rollout"/> may also know of its pods.</summary>
internal sealed record Observation(Workload Workload, RolloutStatus Rollout);
