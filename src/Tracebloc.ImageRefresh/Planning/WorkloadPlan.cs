using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>Everything one tick does to one workload: at most one PATCH, and at most one rollout by it.</summary>
internal sealed record WorkloadPlan(IReadOnlyList<ImagePlan> Images, WorkloadEdit Edit)
{
    /// <summary>The time recorded for the planned changes.</summary>
    public required DateTimeOffset At { get; init; }

    public bool RollsBack => Images.Any(image => image.Rolls && image.Outcome == Outcome.RolledBack);

    public bool Rolls => Edit.ChangesTemplate || Images.Any(image => image.Rolls);
}
