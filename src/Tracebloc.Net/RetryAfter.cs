using System.Globalization;

namespace Tracebloc.Net;

/// <summary>
/// Reads <c>Retry-After</c> (RFC 9110 section 10.2.3) as registries send it. The framework's typed header drops
/// negative and fractional numbers and anything above an int, and takes Docker Hub's absolute times for 55 years.
/// </summary>
public static class RetryAfter
{
    // No server means a wait of 31 years: from here on a number is a point in time (docker/hub-feedback #2459).
    private const double FirstEpoch = 1e9;

    // A point in time further away than this is a mistake, and waits as long as is allowed.
    private static readonly TimeSpan Plausible = TimeSpan.FromDays(366);

    private static readonly string[] DateForms =
        ["d MMM yyyy HH:mm:ss 'GMT'", "d-MMM-yy HH:mm:ss 'GMT'", "MMM d HH:mm:ss yyyy"];

    /// <summary>The time to wait, from zero to <paramref name="cap"/>.</summary>
    /// <param name="value">The header, null when the reply had none.</param>
    /// <param name="date">
    /// The reply's <c>Date</c> header: points in time are measured from it, so that a wrong local clock does no harm.
    /// </param>
    /// <param name="now">The local time, for a reply without a readable date.</param>
    /// <param name="cap">The longest wait that may come out.</param>
    /// <returns>Null when there is no header or nothing to be read from it: the caller's own back-off holds.</returns>
    public static TimeSpan? Parse(string? value, string? date, DateTimeOffset now, TimeSpan cap)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var serverNow = ParseDate(date) ?? now;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return ParseSeconds(seconds, serverNow, cap);
        return ParseDate(value) is { } until ? Clamp((until - serverNow).TotalSeconds, cap) : null;
    }

    /// <summary>Any of the three forms of an HTTP date (RFC 9110 section 5.6.7), or null.</summary>
    public static DateTimeOffset? ParseDate(string? text)
    {
        // The day of the week is redundant, and one that contradicts the date is no reason to ignore the wait.
        var trimmed = text.AsSpan().Trim();
        var space = trimmed.IndexOf(' ');
        return space >= 0 && DateTimeOffset.TryParseExact(
            trimmed[(space + 1)..], DateForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? date
            : null;
    }

    private static TimeSpan? ParseSeconds(double seconds, DateTimeOffset serverNow, TimeSpan cap)
    {
        if (seconds < FirstEpoch)
            return Clamp(seconds, cap);
        var wait = seconds - serverNow.ToUnixTimeSeconds();
        return Math.Abs(wait) <= Plausible.TotalSeconds ? Clamp(wait, cap) : double.IsNaN(seconds) ? null : cap;
    }

    private static TimeSpan Clamp(double seconds, TimeSpan cap) =>
        seconds >= cap.TotalSeconds ? cap : TimeSpan.FromSeconds(Math.Max(seconds, 0));
}
