using System.Globalization;

namespace Tracebloc.Registry;

/// <summary>
/// The rest of a registry's pull allowance, as Docker Hub reports it: <c>ratelimit-limit: 100;w=21600</c> and
/// <c>ratelimit-remaining: 76;w=21600</c>. Images and accounts without a limit come without the headers.
/// </summary>
public sealed record RateLimit
{
    /// <summary>Pulls left in the current window; null when not reported.</summary>
    public int? Remaining { get; init; }

    /// <summary>True when nothing is left: only uncounted requests, such as HEAD, may go on.</summary>
    public bool IsSpent => Remaining is 0;

    /// <summary>The allowance that a reply reports; null when it reports none.</summary>
    internal static RateLimit? Of(Reply reply) => Parse(
        reply.Lines("ratelimit-limit").FirstOrDefault(), reply.Lines("ratelimit-remaining").FirstOrDefault());

    /// <summary>Reads the two headers; null when neither has a number.</summary>
    internal static RateLimit? Parse(string? limit, string? remaining)
    {
        var left = CountOf(remaining);
        return left is null && CountOf(limit) is null ? null : new RateLimit { Remaining = left };
    }

    // Lists give several policies (draft-ietf-httpapi-ratelimit-headers-03); the first item is the one in force, and
    // its window follows a semicolon.
    private static int? CountOf(string? header)
    {
        var end = header.AsSpan().IndexOfAny(',', ';');
        return int.TryParse(
            end < 0 ? header : header.AsSpan(0, end),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var count) ? count : null;
    }
}
