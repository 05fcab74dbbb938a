using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>Everything one tick does to one workload: at most one PATCH, and at most one rollout by it.</summary>
internal sealed record WorkloadPlan(IReadOnlyList<ImagePlan> Images, WorkloadEdit Edit)
{
    /// <summary>The time recorded for the planned changes.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The digests that went no further for the want of evidence.</summary>
    public IEnumerable<EvidenceRequest> Unjudged => Images
        .Select(image => image.Unjudged is { } digest ? new EvidenceRequest(image.Image, digest, image.After) : null)
        .OfType<EvidenceRequest>();

    public bool RollsBack => Images.Any(image => image.Rolls && image.Outcome == Outcome.RolledBack);

    public bool Rolls => Edit.ChangesTemplate || Images.Any(image => image.Rolls);
}
