using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>An image and what the registry answered; null for one that was not asked for.</summary>
internal sealed record ImageLookup(TrackedImage Image, Fetched<Digest>? Answer)
{
    /// <summary>The warnings of its registry and of its pull secrets.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True where no registry was asked and the record's last answer stands in.</summary>
    public bool IsFromRecords { get; init; }

    public static ImageLookup FromRecord(TrackedImage image, WorkloadState seen) =>
        new(image, seen.RecordOf(image).Record is { } record ? LastAnswer(record) : null) { IsFromRecords = true };

    private static Fetched<Digest> LastAnswer(RefreshRecord record) => record.Failures > 0
        ? new()
        {
            Verdict = Verdict.Transient,
            // The error of a rollout comes before a registry's, and is not its fault.
            Message = record.FailedAttempts > 0 ? "the registry could not be reached" : record.Error,
            RetryAt = record.NotBefore?.Until,
        }
        : new() { Verdict = Verdict.Ok, Value = record.LastServed };
}
