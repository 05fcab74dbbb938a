using System.Globalization;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// The names and spellings under which a <see cref="RefreshRecord"/> stands on a workload's own metadata: never on
/// its pod template, where a write would roll the pods. Customers' tools read some of them since chart 1.4.
/// </summary>
internal static class RefreshAnnotations
{
    /// <summary>Ticks in a row that waited for the workload's rollout; of the workload, not of an image.</summary>
    public const string SkipStreak = "tracebloc.io/refresh-skip-streak";

    public static string Settled(string name) => $"tracebloc.io/last-refreshed-{name}-digest";

    public static string Applied(string name) => $"tracebloc.io/{name}-refresh-applied";

    public static string AppliedAt(string name) => $"tracebloc.io/{name}-refresh-applied-at";

    public static string AppliedTo(string name) => $"tracebloc.io/{name}-refresh-applied-to";

    public static string Attempts(string name) => $"tracebloc.io/{name}-refresh-attempts";

    public static string FailedAttempts(string name) => $"tracebloc.io/{name}-refresh-failed-attempts";

    public static string GaveUp(string name) => $"tracebloc.io/{name}-refresh-gave-up";

    public static string Failures(string name) => $"tracebloc.io/{name}-refresh-failures";

    public static string Error(string name) => $"tracebloc.io/{name}-refresh-error";

    public static string NotBefore(string name) => $"tracebloc.io/{name}-refresh-not-before";

    public static string Seen(string name) => $"tracebloc.io/{name}-refresh-seen";

    public static string SeenAt(string name) => $"tracebloc.io/{name}-refresh-seen-at";

    public static string SoakingSince(string name) => $"tracebloc.io/{name}-refresh-soaking-since";

    public static string Skipped(string name) => $"tracebloc.io/{name}-refresh-skipped";

    public static string SkippedFor(string name) => $"tracebloc.io/{name}-refresh-skipped-for";

    public static string Quarantine(string name) => $"tracebloc.io/{name}-refresh-quarantine";

    public static string Good(string name) => $"tracebloc.io/{name}-refresh-good";

    public static string Undone(string name) => $"tracebloc.io/{name}-refresh-undone";

    public static string PinnedFrom(string name) => $"tracebloc.io/{name}-refresh-pinned-from";

    public static string Refused(string name) => $"tracebloc.io/{name}-refresh-refused";

    /// <summary>Reads a record. Unreadable is never absent: taken for first sight, an update is lost.</summary>
    public static RecordReading Read(string name, IReadOnlyDictionary<string, string>? annotations)
    {
        var reader = new Reader(annotations);
        var record = new RefreshRecord
        {
            Settled = reader.Digest(Settled(name)),
            Applied = reader.Digest(Applied(name)),
            AppliedAt = reader.Time(AppliedAt(name)),
            AppliedTo = reader.Text(AppliedTo(name), RecordLimits.Text),
            Attempts = reader.Count(Attempts(name)),
            FailedAttempts = reader.Count(FailedAttempts(name)),
            GaveUp = reader.Digest(GaveUp(name)),
            Failures = reader.Count(Failures(name)),
            Error = reader.Text(Error(name), RecordLimits.Error),
            NotBefore = reader.HoldOff(NotBefore(name)),
            Seen = reader.Digest(Seen(name)),
            SeenAt = reader.Time(SeenAt(name)),
            SoakingSince = reader.Time(SoakingSince(name)),
            Skipped = reader.Digest(Skipped(name)),
            SkippedFor = reader.Text(SkippedFor(name), RecordLimits.Text),
            Quarantine = reader.Quarantine(Quarantine(name)),
            Good = reader.Digest(Good(name)),
            Pin = reader.Pin(PinnedFrom(name)),
            Undone = reader.Reversal(Undone(name)),
            Refusals = reader.Refusals(Refused(name)),
        };
        return reader.Fault is { } fault ? new RecordReading.Unreadable(fault) : new RecordReading.Ok(record, record);
    }

    /// <summary>Reads the count of ticks in a row that waited.</summary>
    /// <param name="annotations">Those of the workload.</param>
    /// <param name="unreadable">The error; null where the record could be read.</param>
    public static int ReadSkipStreak(IReadOnlyDictionary<string, string>? annotations, out string? unreadable)
    {
        var reader = new Reader(annotations);
        var streak = reader.Count(SkipStreak);
        unreadable = reader.Fault;
        return streak;
    }

    /// <summary>The annotations that differ between the two, null where one goes away.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Changes(
        string name, RefreshRecord before, RefreshRecord after)
    {
        if (before == after)
            yield break;
        foreach (var (key, value) in Write(name, after))
        {
            var earlier = Write(name, before).First(pair => pair.Key == key).Value;
            if (earlier != value)
                yield return new(key, value);
        }
    }

    public static string? Count(int value) => value == 0 ? null : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>To the millisecond: two attempts in one second have to leave different marks.</summary>
    public static string Time(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time; null where nothing can be added to it or taken from it, or the text is none.</summary>
    public static DateTimeOffset? ParseTime(string text) =>
        text.Length <= RecordLimits.Time
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year is > 1970 and < 9000
            ? time
            : null;

    /// <summary>Reads what <see cref="Count"/> gives; null where the text is something else.</summary>
    public static int? ParseCount(string text) =>
        text.Length <= RecordLimits.Number
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    private static string? Time(DateTimeOffset? value) => value is { } time ? Time(time) : null;

    private static IEnumerable<KeyValuePair<string, string?>> Write(string name, RefreshRecord record)
    {
        yield return new(Settled(name), record.Settled?.ToString());
        yield return new(Applied(name), record.Applied?.ToString());
        yield return new(AppliedAt(name), Time(record.AppliedAt));
        yield return new(AppliedTo(name), record.AppliedTo);
        yield return new(Attempts(name), Count(record.Attempts));
        yield return new(FailedAttempts(name), Count(record.FailedAttempts));
        yield return new(GaveUp(name), record.GaveUp?.ToString());
        yield return new(Failures(name), Count(record.Failures));
        yield return new(Error(name), record.Error is null ? null : Line.Of(record.Error, RecordLimits.Error - 1));
        yield return new(NotBefore(name), record.NotBefore?.ToString());
        yield return new(Seen(name), record.Seen?.ToString());
        yield return new(SeenAt(name), Time(record.SeenAt));
        yield return new(SoakingSince(name), Time(record.SoakingSince));
        yield return new(Skipped(name), record.Skipped?.ToString());
        yield return new(SkippedFor(name), record.SkippedFor);
        yield return new(Quarantine(name), QuarantineJson.Write(record.Quarantine));
        yield return new(Good(name), record.Good?.ToString());
        yield return new(PinnedFrom(name), record.Pin?.ToString());
        yield return new(Undone(name), record.Undone?.ToString());
        yield return new(Refused(name), record.Refusals.Entries.Count == 0 ? null : record.Refusals.ToString());
    }

    /// <summary>Reads annotations, and keeps the first fault that it meets.</summary>
    private sealed class Reader(IReadOnlyDictionary<string, string>? annotations)
    {
        public string? Fault { get; private set; }

        public string? Text(string key, int longest) =>
            Value(key, $"a text of at most {longest} characters", longest, text => text);

        public Digest? Digest(string key) => Value(
            key,
            "a digest",
            RecordLimits.Digest,
            text => Registry.Digest.TryParse(text, out var digest) ? digest : null);

        public int Count(string key) => Value(key, "a number", RecordLimits.Number, ParseCount) ?? 0;

        public DateTimeOffset? Time(string key) => Value(key, "a time", RecordLimits.Time, ParseTime);

        public HoldOff? HoldOff(string key) =>
            Value(key, "a time and a registry", RecordLimits.Pair, Records.HoldOff.Parse);

        public Quarantine Quarantine(string key) =>
            Value(key, "a quarantine", RecordLimits.Quarantine, QuarantineJson.Read) ?? Records.Quarantine.Empty;

        // Earlier versions wrote CONTAINER=IMAGE.
        public ImagePin? Pin(string key) => Value(key, "a container", RecordLimits.Text, ImagePin.Parse);

        public Reversal? Reversal(string key) =>
            Value(key, "a number and a digest", RecordLimits.Pair, Records.Reversal.Parse);

        public Refusals Refusals(string key) =>
            Value(key, "a digest, a number and a time", RecordLimits.Refusals, Records.Refusals.Parse)
            ?? Records.Refusals.None;

        private T? Value<T>(string key, string wanted, int longest, Func<string, T?> parse)
        {
            if (annotations?.GetValueOrDefault(key) is not { } text)
                return default;
            var value = text.Length <= longest ? parse(text) : default;
            if (value is null)
                Refuse(key, text, wanted);
            return value;
        }

        private void Refuse(string key, string text, string wanted) => Fault ??=
            $"the annotation {key} holds \"{Line.Of(text, RecordLimits.Quote)}\", which is not {wanted}; correct or"
            + " remove it";
    }
}
