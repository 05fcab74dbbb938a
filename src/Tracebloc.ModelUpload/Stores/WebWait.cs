using System.Globalization;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// The wait that an answer asks for: <c>Retry-After</c>, or the end of a spent window in <c>RateLimit</c>.
/// </summary>
internal static class WebWait
{
    // Just below the longest that RetryRule follows; the hub's windows of 300 s take several waits then.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(119);

    public static TimeSpan? Of(WebAnswer answer, DateTimeOffset now) =>
        RetryAfter.Parse(answer.Header("Retry-After"), answer.Header("Date"), now, Longest)
            ?? (answer.Header("RateLimit") is { } windows ? OfWindows(windows) : null);

    /// <summary>
    /// Reads <c>"api";r=0;t=55</c> (draft-ietf-httpapi-ratelimit-headers-10): the longest of the windows in which
    /// nothing remains.
    /// </summary>
    public static TimeSpan? OfWindows(string header)
    {
        var spent = header.Split(',').Where(window => NumberOf(window, "r") == 0);
        return spent.Max(window => NumberOf(window, "t")) is { } seconds and >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds))
            : null;
    }

    private static long? NumberOf(string window, string parameter)
    {
        foreach (var part in window.Split(';', StringSplitOptions.TrimEntries))
            if (part.StartsWith(parameter + "=", StringComparison.Ordinal)
                && long.TryParse(
                    part.AsSpan(parameter.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
        return null;
    }
}
