using System.Globalization;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// The digests of one image that were refused for their signatures, or not decided on: each is looked up again only
/// after a while. Bounded, compared by value.
/// </summary>
internal sealed record Refusals(params IReadOnlyList<Refusal> Entries)
{
    /// <summary>The digest served, the one settled, and the one to go back to.</summary>
    public const int MostEntries = 3;

    public static Refusals None { get; } = new();

    public Refusal? Find(Digest digest) => Entries.FirstOrDefault(entry => entry.Digest == digest);

    /// <summary>One more refusal of the digest.</summary>
    public Refusals Add(Digest digest, DateTimeOffset now) =>
        new([Refusal.Next(digest, Find(digest), now), .. Without(digest).Entries.Take(MostEntries - 1)]);

    public Refusals Without(Digest digest) => Only(other => other != digest);

    /// <summary>Those that the predicate keeps; the same object where it keeps all.</summary>
    public Refusals Only(Predicate<Digest> keeps) =>
        Entries.All(entry => keeps(entry.Digest)) ? this : new([.. Entries.Where(entry => keeps(entry.Digest))]);

    /// <summary>Reads what <see cref="ToString"/> gives; null where the text is something else.</summary>
    public static Refusals? Parse(string text)
    {
        var entries = text.Split(',').Select(Refusal.Parse).ToList();
        return entries.Count > MostEntries || entries.Contains(null) ? null : new([.. entries.OfType<Refusal>()]);
    }

    public bool Equals(Refusals? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => Entries.Count;

    public override string ToString() => string.Join(',', Entries);
}

/// <param name="Digest">The digest.</param>
/// <param name="Count">The looks in a row that found no good signature.</param>
/// <param name="Until">The next look.</param>
internal sealed record Refusal(Digest Digest, int Count, DateTimeOffset Until)
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>True while no look is due. No later time is believed: it was written by another.</summary>
    public bool Covers(DateTimeOffset now) => now < Until && Until - now <= Longest;

    /// <summary>
    /// The next look is that of the next tick, since signatures come seconds after images; then after 15 minutes, and
    /// each time after twice as long, up to six hours.
    /// </summary>
    public static Refusal Next(Digest digest, Refusal? earlier, DateTimeOffset now)
    {
        var count = Math.Min((earlier?.Count ?? 0) + 1, RecordLimits.LargestNumber);
        var wait = count == 1 ? TimeSpan.Zero : First * Math.Pow(2, Math.Min(count - 2, 10));
        return new(digest, count, now + (wait < Longest ? wait : Longest));
    }

    public static Refusal? Parse(string text) =>
        text.Split(' ') is [var value, var number, var time]
        && Digest.TryParse(value, out var digest)
        && RefreshAnnotations.ParseCount(number) is { } count
        && RefreshAnnotations.ParseTime(time) is { } until
            ? new(digest, count, until)
            : null;

    public override string ToString() =>
        $"{Digest} {Count.ToString(CultureInfo.InvariantCulture)} {RefreshAnnotations.Time(Until)}";
}
