using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// All that is remembered of one image between two ticks. It lives in annotations of the workload
/// (<see cref="RefreshAnnotations"/>), so that no process has to survive and an operator can read it.
/// </summary>
internal sealed record RefreshRecord
{
    /// <summary>The digest last applied and settled, or found in place when the image was first seen.</summary>
    public Digest? Settled { get; init; }

    /// <summary>
    /// The digest that settled before, while <see cref="Settled"/> may never have run: pods that pull by tag get well
    /// with the tag's next image, too.
    /// </summary>
    public Digest? Good { get; init; }

    /// <summary>The digest this worker last put into the workload; null while it never has.</summary>
    public Digest? Applied { get; init; }

    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>Its <see cref="RefreshAction.Place"/>: what is absent from another was not wiped there.</summary>
    public string? AppliedTo { get; init; }

    /// <summary>Rollouts of <see cref="Applied"/> that were started and have not settled.</summary>
    public int Attempts { get; init; }

    /// <summary>The number of <see cref="Attempts"/> that are known to have failed.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>The registry's digest when its attempts were used up or it was quarantined.</summary>
    public Digest? GaveUp { get; init; }

    /// <summary>Consecutive ticks in which the registry could not be reached.</summary>
    public int Failures { get; init; }

    /// <summary>The last error, in one line.</summary>
    public string? Error { get; init => field = value is null ? null : Line.Whole(value); }

    /// <summary>The registry's rate limit, if one applies.</summary>
    public HoldOff? NotBefore { get; init; }

    /// <summary>The newer digest that <c>minAge</c> counts from <see cref="SeenAt"/>.</summary>
    public Digest? Seen { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Since when digests have followed each other before any was old enough; null for the first.</summary>
    public DateTimeOffset? SoakingSince { get; init; }

    /// <summary>The digest that was left alone because it changes nothing for these platforms.</summary>
    public Digest? Skipped { get; init; }

    public string? SkippedFor { get; init; }

    /// <summary>The digests that were rolled back.</summary>
    public Quarantine Quarantine { get; init; } = Quarantine.Empty;

    /// <summary>The digests of which no good signature was found.</summary>
    public Refusals Refusals { get; init; } = Refusals.None;

    /// <summary>The container that a rollback pinned; null where it follows its tag.</summary>
    public ImagePin? Pin { get; init; }

    /// <summary>The fight over the applied digest; null where no other writer has undone it since it stood.</summary>
    public Reversal? Undone { get; init; }

    /// <summary>The applied digest was given up because another writer undid it each time.</summary>
    public bool IsContested => Undone is not null && GaveUp is not null && GaveUp == Applied;

    /// <summary>A rollout was started whose end is not recorded: its tick is running, or was killed.</summary>
    public bool InFlight => Attempts > FailedAttempts;

    /// <summary>
    /// The registry's digest when the record was written, as far as it shows; null before the first lookup.
    /// </summary>
    public Digest? LastServed => Seen ?? Quarantine.Suspect?.Digest ?? GaveUp
        ?? (Attempts > 0 ? Applied : Skipped ?? Settled);

    /// <summary>The digest that ran for certain, to which a rollback goes.</summary>
    public Digest? LastKnownGood => Good ?? Settled;

    /// <param name="isProven">True when the pods certainly run the applied digest.</param>
    public RefreshRecord Settle(bool isProven) => (Seen == Applied ? Forget() : this) with
    {
        Settled = Applied,
        Attempts = 0,
        FailedAttempts = 0,
        GaveUp = GaveUp == Applied ? null : GaveUp,
        Error = null,
        Skipped = null,
        SkippedFor = null,
        Quarantine = Quarantine.Without(Applied),
        Good = isProven ? null : Applied == Settled ? Good : LastKnownGood,
    };

    /// <summary>No newer digest is about to come.</summary>
    public RefreshRecord Forget() => this with { Seen = null, SeenAt = null, SoakingSince = null };

    public RefreshRecord Fail(string reason, int maxAttempts)
    {
        // A rollback that fails as well: what it took back may not have been the cause.
        var quarantine = Quarantine.MarkSuspect(AppliedAt, maxAttempts);
        return this with
        {
            FailedAttempts = Attempts,
            Error = reason,
            Undone = null,
            GaveUp = Attempts >= maxAttempts ? Applied : quarantine.Suspects(GaveUp) ? null : GaveUp,
            Quarantine = quarantine,
        };
    }

    /// <summary>
    /// The next rollout: of the same digest one attempt after those that failed, of another the first. An attempt that
    /// another writer overwrote before its end proves nothing about the digest, and is repeated.
    /// </summary>
    public RefreshRecord Apply(Digest target, DateTimeOffset now)
    {
        var failed = Applied == target ? FailedAttempts : 0;
        return this with
        {
            Applied = target,
            AppliedAt = now,
            Attempts = failed + 1,
            FailedAttempts = failed,
            Undone = Applied == target ? Undone : null,
            // A repair does not make the registry serve another digest.
            GaveUp = GaveUp == target ? null : GaveUp,
        };
    }

    /// <summary>The next rollout of the target would be one that another writer has undone before; else null.</summary>
    /// <param name="target">The digest to be rolled out.</param>
    /// <param name="live">The digest in its place now.</param>
    /// <param name="place">The image's place in the template now.</param>
    public Reversal? ReversalOf(Digest target, Digest? live, string? place)
    {
        if (Applied != target || AppliedTo != place || live == target || AppliedAt is null || FailedAttempts > 0)
            return null;
        return new(Undone is { } earlier ? earlier.Count + 1 : InFlight ? 1 : 0, live);
    }

    /// <summary>Leaves the workload to the other writer, until the value or the registry's digest changes.</summary>
    public RefreshRecord Yield(Reversal undone, string otherWriter) => this with
    {
        Undone = undone,
        GaveUp = Applied,
        Attempts = FailedAttempts,
        Error = $"last undone by {otherWriter}",
    };

    /// <summary>Takes the fight up again once the value has changed.</summary>
    public RefreshRecord Resume(Digest? live) => IsContested && live != Undone?.To
        ? this with { Undone = null, GaveUp = null, Error = null }
        : this;

    /// <summary>Remembers that no good signature of a digest was found; null: of none.</summary>
    public RefreshRecord Note(Digest? refused, DateTimeOffset now) =>
        refused is null ? this : this with { Refusals = Refusals.Add(refused, now) };

    /// <summary>These digests may be applied again, and every signature is looked up again.</summary>
    public RefreshRecord Release(IReadOnlyList<QuarantineEntry> entries) => this with
    {
        Refusals = Refusals.None,
        GaveUp = entries.Any(entry => entry.Digest == GaveUp) ? null : GaveUp,
        Quarantine = entries.Aggregate(Quarantine, (rest, entry) => rest.Without(entry.Digest)),
    };

    /// <summary>The rollout of what was good before: what failed goes into quarantine with it, in one patch.</summary>
    public RefreshRecord RollBack(Digest good, QuarantineEntry failed) => Apply(good, failed.At) with
    {
        Settled = good,
        Good = null,
        GaveUp = failed.IsSuspect ? null : failed.Digest,
        Quarantine = Quarantine.Add(failed),
    };
}
