using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>
/// Derives notifications from the difference between two records of an image. Every patch has one, so the tick that
/// writes the record also notifies: once, even after a kill.
/// </summary>
/// <param name="What">The kind.</param>
/// <param name="Digest">The digest that it is about.</param>
/// <param name="AppliedAt">The attempt that it is about.</param>
/// <param name="Message">Its text.</param>
internal sealed record NotificationRules(
    NotificationKind What, Digest? Digest, DateTimeOffset? AppliedAt, string Message)
{
    public static IEnumerable<NotificationRules> Of(ImageChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (change is { Rolls: true, Outcome: Outcome.RolledBack })
            yield return new(NotificationKind.RolledBack, before.Applied, before.AppliedAt, change.Message);
        else if (before.Settled is { } from && after.Settled is { } to && from != to)
            yield return new(NotificationKind.Refreshed, to, before.AppliedAt, $"{from.Short()} -> {to.Short()}");
        if (change is { Rolls: true, Outcome: Outcome.Repaired })
            yield return new(NotificationKind.Repaired, change.Target, after.AppliedAt, change.Message);
        foreach (var entry in after.Quarantine.Entries)
        {
            if (after.Quarantine.Bars(entry.Digest) && !before.Quarantine.Bars(entry.Digest))
                yield return new(NotificationKind.Quarantined, entry.Digest, entry.At, QuarantineMessage(entry));
        }
        // Another digest, or the way back, may have been applied on top of what failed.
        var judged = change is { Outcome: not Outcome.RolledBack, Judged: { } record } ? record : after;
        if (after.GaveUp is { } lost && lost != before.GaveUp && !after.Quarantine.Bars(lost))
            yield return new(NotificationKind.GaveUp, lost, before.AppliedAt, GaveUpMessage(after));
        else if (judged.FailedAttempts > before.FailedAttempts)
            yield return new(NotificationKind.RolloutFailed, judged.Applied, before.AppliedAt, FailureMessage(judged));
    }

    private static string GaveUpMessage(RefreshRecord record) => record is { IsContested: true, Undone: { } undone }
        ? $"{record.GaveUp?.Short()} is given up after {undone.Count} rollouts that were undone in a row;"
            + $" {record.Error}"
        : $"{record.GaveUp?.Short()} is given up after {record.FailedAttempts} attempts; last error: {record.Error}";

    private static string QuarantineMessage(QuarantineEntry entry) =>
        $"{entry.Digest.Short()} is not applied again unless it is released: {entry.Reason}";

    private static string FailureMessage(RefreshRecord record) =>
        $"attempt {record.FailedAttempts} at {record.Applied?.Short()} failed: {record.Error}";
}
