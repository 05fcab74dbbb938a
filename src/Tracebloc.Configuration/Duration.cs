using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Tracebloc.Configuration;

/// <summary>
/// Durations as Go and Kubernetes write them: <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>500ms</c>, <c>1.5h</c>. Always
/// more than nothing; there is no day, whose length depends on the calendar.
/// </summary>
public static class Duration
{
    private const string Remedy = "write it as 90s, 10m or 1h30m";

    // A week: no wait of these programs comes near it, so anything longer is a slip.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Reads a duration, or returns the error and the remedy.</summary>
    public static bool TryParse(string? text, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        duration = default;
        error = null;
        var rest = text.AsSpan().Trim();
        var total = 0m;
        var hasUnit = !rest.IsEmpty;
        while (hasUnit && !rest.IsEmpty)
        {
            hasUnit = TakePart(ref rest, out var milliseconds);
            total += milliseconds;
        }

        if (!hasUnit) error = $"\"{text}\" is not a duration; {Remedy}";
        else if (total <= 0) error = $"\"{text}\" is zero; {Remedy}";
        else if (total > (decimal)Longest.TotalMilliseconds) error = $"\"{text}\" is more than a week; {Remedy}";
        else duration = TimeSpan.FromTicks((long)(total * TimeSpan.TicksPerMillisecond));
        return error is null;
    }

    /// <summary>The shortest text that reads back as the same duration: <c>1h30m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        Append(text, (long)duration.TotalHours, "h");
        Append(text, duration.Minutes, "m");
        Append(text, duration.Seconds, "s");
        Append(text, duration.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static void Append(StringBuilder text, long count, string unit)
    {
        if (count != 0) text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
    }

    private static bool TakePart(ref ReadOnlySpan<char> rest, out decimal milliseconds)
    {
        milliseconds = 0;
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] == '.')) length++;
        if (length is 0 or > 9) return false;
        const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(rest[..length], Decimal, CultureInfo.InvariantCulture, out var count)) return false;

        rest = rest[length..];
        milliseconds = count * TakeUnit(ref rest);
        return milliseconds > 0 || count == 0;
    }

    private static decimal TakeUnit(ref ReadOnlySpan<char> rest)
    {
        var (length, milliseconds) = rest switch
        {
            ['m', 's', ..] => (2, 1m),
            ['s', ..] => (1, 1_000m),
            ['m', ..] => (1, 60_000m),
            ['h', ..] => (1, 3_600_000m),
            _ => (0, 0m),
        };
        rest = rest[length..];
        return milliseconds;
    }
}
