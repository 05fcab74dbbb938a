using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Planning;

internal static partial class Planner
{
    /// <summary>
    /// A rollout that is waited for has an end: after so many ticks, or where an earlier tick has called it failed by
    /// what it saw of the pods, it is not taken for progressing any more.
    /// </summary>
    private static RolloutStatus WithPatience(
        WorkloadState seen, IReadOnlyList<TrackedImage> images, RefreshPolicy policy, DateTimeOffset now)
    {
        if (!seen.Rollout.IsProgressing)
            return seen.Rollout;
        var records = images
            .Select(image => UnsettledRecordOf(image, seen.Workload))
            .OfType<RefreshRecord>()
            .ToList();
        var streak = StreakOf(seen.Workload);
        // Ticks may follow each other faster than a rollout may take (watch --interval 1m).
        var mayTakeLonger = records.Exists(record => now < record.AppliedAt + policy.RolloutTimeout);
        if (streak >= policy.FailureThreshold && !mayTakeLonger)
            return RolloutStatus.Failed($"not complete after {streak} ticks: {seen.Rollout.Message}");
        return records.Count > 0 && records.TrueForAll(record => HasFailed(record, seen.Workload))
            ? RolloutStatus.Failed(records[0].Error ?? seen.Rollout.Message)
            : seen.Rollout;
    }

    // Somebody's change of the pod template after the attempt is another rollout, and may be the cure.
    private static bool HasFailed(RefreshRecord record, Workload workload) =>
        !record.InFlight && !FieldOwner.HasChangedTemplateSince(workload, record.AppliedAt);

    /// <summary>Null where nothing is unsettled, or the template is not what was applied for this image.</summary>
    private static RefreshRecord? UnsettledRecordOf(TrackedImage image, Workload workload)
    {
        try
        {
            var record = RefreshAnnotations.Read(image.Name, workload.Metadata.Annotations)
                .OnlyWhatCanBePinned(workload);
            return IsUnsettled(record, LiveDigest.Read(image, workload, record)) ? record : null;
        }
        catch (FormatException)
        {
            return null; // Said where the image itself is planned.
        }
    }
}
