using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>A workload of the configuration and what reading it gave: a state, or why there is none.</summary>
internal sealed record WorkloadObservation(WorkloadReference Workload, IReadOnlyList<TrackedImage> Images)
{
    /// <summary>Null where it could not be read, or did not have to be.</summary>
    public WorkloadState? Seen { get; init; }

    public PullCredentials Credentials { get; init; } = PullCredentials.None;

    /// <summary>The reason why it could not be read.</summary>
    public string? Failure { get; init; }

    public static IReadOnlyList<WorkloadObservation> Of(RefreshConfiguration configuration) =>
    [
        .. configuration.Images
            .GroupBy(image => image.Workload)
            .Select(group => new WorkloadObservation(group.Key, [.. group])),
    ];

    public LookupKey KeyOf(TrackedImage image) => new(image.Image, Credentials.Store);

    public ImageLookup LookupOf(TrackedImage image, Fetched<Digest>? answer) =>
        new(image, answer) { Warnings = [.. Credentials.Warnings, .. answer?.Warnings ?? []] };
}
