using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>Judges the rollout of one workload, and with it the digests of its images in the template.</summary>
internal sealed class RolloutJudge
{
    private readonly WorkloadState _seen;
    private readonly RefreshPolicy _policy;
    private readonly List<RefreshRecord> _unsettled;

    private RolloutJudge(WorkloadState seen, IEnumerable<TrackedImage> images, RefreshPolicy policy)
    {
        (_seen, _policy, Rollout) = (seen, policy, seen.Rollout);
        _unsettled = [.. images.Select(UnsettledRecordOf).OfType<RefreshRecord>()];
    }

    /// <summary>The rollout as it counts.</summary>
    public RolloutStatus Rollout { get; private init; }

    /// <summary>The number of images in the pod template whose digests have yet to settle.</summary>
    public int OnTrial => _unsettled.Count;

    /// <summary>By the rollout as it was observed.</summary>
    public static RolloutJudge Of(WorkloadState seen, IEnumerable<TrackedImage> images, RefreshPolicy policy) =>
        new(seen, images, policy);

    /// <summary>
    /// A rollout that is waited for has an end: after so many ticks, or where an earlier tick has called it failed by
    /// what it saw of the pods, it is not taken for progressing any more.
    /// </summary>
    public static RolloutJudge WithPatience(
        WorkloadState seen, IEnumerable<TrackedImage> images, RefreshPolicy policy, DateTimeOffset now)
    {
        var floating = images.ToList();
        var judge = Of(seen, floating, policy);
        var patient = judge.WithPatience(now);
        return patient == seen.Rollout ? judge : new(seen, floating, policy) { Rollout = patient };
    }

    /// <summary>Turns a rollout that stands in the record into what has become of it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="record">Its record, as it was observed.</param>
    /// <param name="live">The digest in the template.</param>
    /// <param name="served">The registry's digest; null where it is not known.</param>
    public RefreshRecord Judge(TrackedImage image, RefreshRecord record, LiveDigest live, Digest? served = null)
    {
        if (!IsUnsettled(record, live))
            return record;
        // Also an attempt that had been called failed, or given up, may have come good since.
        if (Rollout.IsSettled)
            return record.Settle(IsProven(image, record, served));
        return Rollout.IsFailed && record.InFlight
            ? record.Fail(Rollout.Message, _policy.MaxRefreshAttempts)
            : record;
    }

    /// <summary>True when the workload has yet to settle on the digest in place.</summary>
    public static bool IsOnTrial(RefreshRecord record, LiveDigest live) =>
        IsUnsettled(record, live) && record.Applied != record.Settled;

    private RolloutStatus WithPatience(DateTimeOffset now)
    {
        if (!Rollout.IsProgressing)
            return Rollout;
        // Ticks may follow each other faster than a rollout may take (watch --interval 1m). A time ahead of the clock
        // was written by another, and would be waited for forever.
        var mayTakeLonger = _unsettled.Exists(record =>
            record.AppliedAt <= now && now < record.AppliedAt + _policy.RolloutTimeout);
        if (_seen.SkipStreak >= _policy.FailureThreshold && !mayTakeLonger)
            return RolloutStatus.Failed($"not complete after {_seen.SkipStreak} ticks: {Rollout.Message}");
        return _unsettled.Count > 0 && _unsettled.TrueForAll(HasFailed)
            ? RolloutStatus.Failed(_unsettled[0].Error ?? Rollout.Message)
            : Rollout;
    }

    // Another writer's change of the pod template after the attempt is another rollout, and may be the cure.
    private bool HasFailed(RefreshRecord record) =>
        !record.InFlight && !FieldOwner.HasChangedTemplateSince(_seen.Workload, record.AppliedAt);

    /// <summary>Null where nothing is unsettled, or the template is not what was applied for this image.</summary>
    private RefreshRecord? UnsettledRecordOf(TrackedImage image)
    {
        var record = _seen.RecordOf(image).Record;
        return record is not null && LiveDigest.TryRead(image, _seen.Workload, record, out var live, out _)
            && IsUnsettled(record, live)
                ? record
                : null;
    }

    /// <summary>
    /// True when the applied digest itself runs. Pods that pull by tag also recover when a container that failed
    /// starts again with what the tag stands for by then.
    /// </summary>
    private static bool IsProven(TrackedImage image, RefreshRecord record, Digest? served) =>
        image.Action is not RefreshAction.Restart || record.Pin is not null
        || (served is null
            ? record.FailedAttempts == 0 && image.OnFailure == OnFailure.Keep
            : served == record.Applied);

    private static bool IsUnsettled(RefreshRecord record, LiveDigest live) =>
        record.Attempts > 0 && record.Applied is not null && live.Digest == record.Applied;
}
