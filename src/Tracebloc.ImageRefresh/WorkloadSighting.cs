namespace Tracebloc.ImageRefresh;

/// <summary>A workload of the configuration and what reading it gave: an observation, or why there is none.</summary>
internal sealed record WorkloadSighting(WorkloadReference Workload, IReadOnlyList<TrackedImage> Images)
{
    public const string OutOfTime = "the tick's deadline has passed; the next tick goes on";

    public Observation? Seen { get; init; }

    public string? Failure { get; init; }

    public static IReadOnlyList<WorkloadSighting> Of(RefreshConfiguration configuration) =>
    [
        .. configuration.Images
            .GroupBy(image => image.Workload)
            .Select(group => new WorkloadSighting(group.Key, [.. group])),
    ];

    /// <summary>What is reported of a workload that nobody has seen, or had to see.</summary>
    public IReadOnlyList<ImagePlan> Unseen() => Failure is { } failure
        ? Unreachable(failure)
        : [.. Images.Select(Planner.Pinned)];

    public IReadOnlyList<ImagePlan> Unreachable(string reason) =>
        [.. Images.Select(image => new ImagePlan { Image = image, Outcome = Outcome.Unreachable, Message = reason })];
}
