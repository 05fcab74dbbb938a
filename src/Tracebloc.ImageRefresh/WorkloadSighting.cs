namespace Tracebloc.ImageRefresh;

/// <summary>A workload of the configuration and what reading it gave: an observation, or why there is none.</summary>
internal sealed record WorkloadSighting(WorkloadReference Workload, IReadOnlyList<TrackedImage> Images)
{
    public Observation? Seen { get; init; }

    public string? Failure { get; init; }

    public IReadOnlyList<ImagePlan> Unreachable(string reason) =>
        [.. Images.Select(image => new ImagePlan { Image = image, Outcome = Outcome.Unreachable, Message = reason })];
}
