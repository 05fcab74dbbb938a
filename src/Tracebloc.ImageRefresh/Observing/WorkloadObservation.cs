using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>A workload of the configuration and what reading it gave: an observation, or why there is none.</summary>
internal sealed record WorkloadObservation(WorkloadReference Workload, IReadOnlyList<TrackedImage> Images)
{
    public const string OutOfTime = "the tick's deadline has passed; the next tick goes on";

    public WorkloadState? Seen { get; init; }

    public PullCredentials Credentials { get; init; } = PullCredentials.None;

    public string? Failure { get; init; }

    public static IReadOnlyList<WorkloadObservation> Of(RefreshConfiguration configuration) =>
    [
        .. configuration.Images
            .GroupBy(image => image.Workload)
            .Select(group => new WorkloadObservation(group.Key, [.. group])),
    ];

    /// <summary>What reading more of it gives; what keeps it from being read is part of the answer.</summary>
    public async Task<WorkloadObservation> ReadAsync(
        Func<CancellationToken, Task<WorkloadObservation>> read, CancellationToken token)
    {
        try
        {
            return await read(token);
        }
        catch (KubernetesException unreadable)
        {
            return this with { Seen = null, Failure = unreadable.Message };
        }
        catch (OperationCanceledException)
        {
            return this with { Seen = null, Failure = OutOfTime };
        }
    }

    /// <summary>What is to be asked for one of its images.</summary>
    public LookupKey Question(TrackedImage image) => new(image.Image, Credentials.Store);

    public ImageLookup Sight(TrackedImage image, Resolution? answer) =>
        new(image, answer) { Warnings = [.. Credentials.Warnings, .. answer?.Warnings ?? []] };

    /// <summary>What is reported of a workload that nobody has seen, or had to see.</summary>
    public IReadOnlyList<ImagePlan> Unseen() => Failure is { } failure
        ? Unreachable(failure)
        : [.. Images.Select(Planner.Pinned)];

    public IReadOnlyList<ImagePlan> Unreachable(string reason) =>
    [
        .. Images.Select(image => image.Floats
            ? new ImagePlan { Image = image, Outcome = Outcome.Unreachable, Message = reason }
            : Planner.Pinned(image)),
    ];
}
