using System.Globalization;

namespace Tracebloc.Registry;

/// <summary>
/// How much of a registry's pull allowance is left, as Docker Hub reports it: <c>ratelimit-limit: 100;w=21600</c> and
/// <c>ratelimit-remaining: 76;w=21600</c>. Images and accounts without a limit come without the headers.
/// </summary>
public sealed record RateLimit
{
    /// <summary>Pulls allowed in one <see cref="Window"/>; null when not reported.</summary>
    public int? Limit { get; init; }

    /// <summary>Pulls left in the current window; null when not reported.</summary>
    public int? Remaining { get; init; }

    /// <summary>The window's length; null when not reported. Docker Hub's has changed: nothing is assumed.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Whether nothing is left, so that only requests that do not count, such as HEAD, may go on.</summary>
    public bool IsSpent => Remaining is 0;

    /// <summary>The allowance that a reply reports; null when it reports none.</summary>
    internal static RateLimit? Of(Reply reply) => Parse(
        reply.Lines("ratelimit-limit").FirstOrDefault(), reply.Lines("ratelimit-remaining").FirstOrDefault());

    /// <summary>Reads the two headers; null when neither is there or readable.</summary>
    internal static RateLimit? Parse(string? limit, string? remaining)
    {
        var (allowed, window) = Read(limit);
        var (left, windowLeft) = Read(remaining);
        return allowed is null && left is null
            ? null
            : new RateLimit { Limit = allowed, Remaining = left, Window = window ?? windowLeft };
    }

    private static (int? Count, TimeSpan? Window) Read(string? header)
    {
        // Lists give several policies (draft-ietf-httpapi-ratelimit-headers-03); the first item is the one in force.
        var item = header.AsSpan();
        var comma = item.IndexOf(',');
        item = comma < 0 ? item : item[..comma];
        var semicolon = item.IndexOf(';');
        var count = Number(semicolon < 0 ? item : item[..semicolon]);
        if (count is null || semicolon < 0)
            return (count, null);
        foreach (var range in item[(semicolon + 1)..].Split(';'))
            if (item[(semicolon + 1)..][range].Trim() is ['w', '=', .. var seconds] && Number(seconds) is { } window)
                return (count, TimeSpan.FromSeconds(window));
        return (count, null);
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var number) ? number : null;
}
