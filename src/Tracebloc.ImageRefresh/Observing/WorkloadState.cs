using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>A workload as one read showed it; <paramref name="Rollout"/> may also know of its pods.</summary>
internal sealed record WorkloadState(Workload Workload, RolloutStatus Rollout);
