using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>Reads <c>Mon-Fri 22:00-04:00 Europe/Berlin</c>: days, hours and a zone.</summary>
internal static class RefreshWindowParser
{
    private const string Remedy = "write it as Mon-Fri 22:00-04:00 Europe/Berlin";

    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static bool TryParse(
        string text, [NotNullWhen(true)] out RefreshWindow? window, [NotNullWhen(false)] out string? error)
    {
        window = null;
        error = text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var days, var hours, var zone]
            ? Parse(text, (days, hours, zone), out window)
            : $"\"{text}\" is not days, hours and a time zone; {Remedy}";
        return error is null && window is not null;
    }

    /// <summary>Null, or what is wrong.</summary>
    private static string? Parse(
        string text, (string Days, string Hours, string Zone) parts, out RefreshWindow? window)
    {
        window = null;
        if (ParseDays(parts.Days) is not { } days)
            return $"\"{parts.Days}\" is not days; use Mon, Tue, Wed, Thu, Fri, Sat, Sun, joined as Mon-Fri or Sat,Sun";
        if (ParseHours(parts.Hours) is not var (opens, closes))
            return $"\"{parts.Hours}\" is not hours; {Remedy}, between 00:00 and 24:00";
        if (opens == closes)
            return $"\"{parts.Hours}\" opens and closes at once; a whole day is 00:00-24:00";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(parts.Zone, out var zone))
            return UnknownZone(parts.Zone);
        window = new RefreshWindow(text, days, opens, closes, zone);
        return null;
    }

    private static HashSet<DayOfWeek>? ParseDays(string text)
    {
        var days = new HashSet<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var (first, last) = (Array.IndexOf(DayNames, ends[0]), Array.IndexOf(DayNames, ends[^1]));
            if (first < 0 || last < 0 || ends.Length > 2) return null;
            for (var day = first; day != last; day = (day + 1) % 7) days.Add((DayOfWeek)day);
            days.Add((DayOfWeek)last);
        }
        return days;
    }

    private static (TimeSpan Opens, TimeSpan Closes)? ParseHours(string text) =>
        text.Split('-') is [var first, var last] && ParseTime(first) is { } opens && ParseTime(last) is { } closes
            && opens < TimeSpan.FromDays(1)
            ? (opens, closes)
            : null;

    private static TimeSpan? ParseTime(string text) =>
        text == "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToTimeSpan()
            : null;

    // UTC needs no data, and is all that is found where there are none.
    private static string UnknownZone(string name) => TimeZoneInfo.GetSystemTimeZones().Count > 1
        ? $"\"{name}\" is not a time zone; use a name of the IANA database, such as Europe/Berlin, or UTC"
        : $"the time zone \"{name}\" cannot be looked up: there is no time zone data here; install tzdata, or use UTC";
}
