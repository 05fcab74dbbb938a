using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>The digests of one image that were rolled back, the latest first: bounded, compared by value.</summary>
internal sealed record Quarantine(params IReadOnlyList<QuarantineEntry> Entries)
{
    /// <summary>An entry takes up to 700 bytes of the 256 KiB that all annotations of an object share.</summary>
    public const int MostEntries = 10;

    public static Quarantine Empty { get; } = new();

    public bool IsEmpty => Entries.Count == 0;

    /// <summary>The digest to be tried again: at most one, the registry's digest.</summary>
    public QuarantineEntry? Suspect => Entries.FirstOrDefault(entry => entry.IsSuspect);

    public QuarantineEntry? Find(Digest? digest) => Entries.FirstOrDefault(entry => entry.Digest == digest);

    /// <summary>True when the digest must not be applied.</summary>
    public bool Bars(Digest? digest) => Find(digest) is { IsSuspect: false };

    public bool Suspects(Digest? digest) => Find(digest) is { IsSuspect: true };

    public Quarantine Add(QuarantineEntry entry) =>
        new([entry, .. Without(entry.Digest).Entries.Take(MostEntries - 1)]);

    public Quarantine Without(Digest? digest) => Only(entry => entry.Digest != digest);

    /// <summary>Drops suspicions of digests that the registry no longer serves.</summary>
    public Quarantine WithoutSuspectsBut(Digest served) => Only(entry => !entry.IsSuspect || entry.Digest == served);

    /// <summary>
    /// Marks the digests that were rolled back at that time as suspects only, since the rollback did not help. A digest
    /// with that many failures stays quarantined.
    /// </summary>
    public Quarantine MarkSuspect(DateTimeOffset? time, int mostFailures) => new(
        [.. Entries.Select(entry => entry.At == time && entry.Failures < mostFailures
            ? entry with { IsSuspect = true }
            : entry)]);

    public bool Equals(Quarantine? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => Entries.Count;

    private Quarantine Only(Func<QuarantineEntry, bool> stays) => new([.. Entries.Where(stays)]);
}

/// <param name="Digest">The digest that was rolled back.</param>
/// <param name="At">The time of the rollback.</param>
/// <param name="Reason">The failure of its rollout.</param>
internal sealed record QuarantineEntry(Digest Digest, DateTimeOffset At, string Reason)
{
    /// <summary>Rollouts of it that failed.</summary>
    public int Failures { get; init; } = 1;

    /// <summary>Another change may have caused the failure: it is retried alone.</summary>
    public bool IsSuspect { get; init; }
}
