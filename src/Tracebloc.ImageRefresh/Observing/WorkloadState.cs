using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>A workload as one read showed it, with the records on it, which are parsed here and nowhere else.</summary>
internal sealed record WorkloadState
{
    private readonly Dictionary<string, RecordReading> _records;

    private WorkloadState(Workload workload, RolloutStatus rollout, Dictionary<string, RecordReading> records)
    {
        (Workload, Rollout, _records) = (workload, rollout, records);
        SkipStreak = RefreshAnnotations.ReadSkipStreak(workload.Metadata.Annotations, out var unreadable);
        Unreadable = unreadable;
    }

    public Workload Workload { get; }

    /// <summary>Its rollout, with trouble of the pods where they could be read.</summary>
    public RolloutStatus Rollout { get; init; }

    /// <summary>The evidence that this run has fetched for gates.</summary>
    public EvidenceBook Evidence { get; init; } = EvidenceBook.Empty;

    /// <summary>Ticks in a row that waited for the workload's rollout.</summary>
    public int SkipStreak { get; }

    /// <summary>The reason why nothing can be planned for the whole workload; null where there is none.</summary>
    public string? Unreadable { get; }

    public static WorkloadState Of(Workload workload, RolloutStatus rollout, IEnumerable<TrackedImage> images) => new(
        workload,
        rollout,
        images.ToDictionary(image => image.Name, image => Read(image, workload)));

    /// <summary>The record of one of the images that the workload was observed for.</summary>
    public RecordReading RecordOf(TrackedImage image) => _records[image.Name];

    private static RecordReading Read(TrackedImage image, Workload workload)
    {
        var reading = RefreshAnnotations.Read(image.Name, workload.Metadata.Annotations);
        return reading is RecordReading.Ok(var written, _)
            ? RecordBelief.Confirm(image, workload, written)
            : reading;
    }
}
