using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>An image and what the registry answered; null for one that was not asked for.</summary>
internal sealed record ImageLookup(TrackedImage Image, Fetched<Digest>? Answer)
{
    /// <summary>What its registry, and the reading of its pull secrets, left to be said.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What gates judge its digest by; null where none was collected.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>Nobody was asked: the answer is the last one, as far as the record tells.</summary>
    public bool IsRecalled { get; init; }

    public static ImageLookup Recall(TrackedImage image, WorkloadState seen) =>
        new(image, seen.RecordOf(image).Record is { } record ? LastAnswer(record) : null) { IsRecalled = true };

    private static Fetched<Digest> LastAnswer(RefreshRecord record) => record.Failures > 0
        ? new()
        {
            Verdict = Verdict.Transient,
            // The error of a rollout comes before a registry's, and is not its fault.
            Message = record.FailedAttempts > 0 ? "the registry could not be asked" : record.Error,
            RetryAt = record.NotBefore?.Until,
        }
        : new() { Verdict = Verdict.Ok, Value = record.LastServed };
}
