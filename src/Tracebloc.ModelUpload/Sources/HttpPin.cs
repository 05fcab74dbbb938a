using System.Globalization;
using System.Net.Http.Headers;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The validator that holds a web server's file to the listed one.</summary>
/// <param name="Kind">The validator.</param>
/// <param name="Value">Its value as the server gave it; of an unpinned file the time of the listing.</param>
internal sealed record HttpPin(HttpPinKind Kind, string Value)
{
    // RFC 9110 section 8.8.2.2: a date is a strong validator where the file was at rest for a second.
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(1);

    /// <summary>The value of <c>If-Range</c>; null where the server has nothing that it takes there.</summary>
    public string? IfRange => Kind is HttpPinKind.ETag or HttpPinKind.Modified ? Value : null;

    /// <summary>The strongest validator of an answer.</summary>
    /// <param name="answer">The answer, 200 or 206.</param>
    /// <param name="now">The time that keeps an unpinned file apart from that of another run.</param>
    public static HttpPin Of(WebAnswer answer, DateTimeOffset now)
    {
        if (EntityTagHeaderValue.TryParse(answer.Header("ETag"), out var tag) && !tag.IsWeak)
            return new HttpPin(HttpPinKind.ETag, tag.Tag);
        if (StatedHashes.Of(answer).FirstOrDefault(hash => hash.Kind == HashKind.Sha256) is { } hash)
            return new HttpPin(HttpPinKind.Sha256, hash.Hex);
        return answer.Header("Last-Modified") is { } modified
            && RetryAfter.ParseDate(modified) is { } changed
            && RetryAfter.ParseDate(answer.Header("Date")) is { } sent && sent - changed >= AtRest
                ? new HttpPin(HttpPinKind.Modified, modified)
                : new HttpPin(HttpPinKind.None, now.UtcTicks.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static HttpPin Parse(string text)
    {
        var space = text.IndexOf(' ');
        var kind = text[..Math.Max(space, 0)] switch
        {
            "etag" => HttpPinKind.ETag,
            "sha256" => HttpPinKind.Sha256,
            "modified" => HttpPinKind.Modified,
            _ => HttpPinKind.None,
        };
        return new HttpPin(kind, text[(space + 1)..]);
    }

    /// <summary>The version of the file: <c>etag "abc"</c>.</summary>
    public override string ToString() => Kind switch
    {
        HttpPinKind.ETag => "etag ",
        HttpPinKind.Sha256 => "sha256 ",
        HttpPinKind.Modified => "modified ",
        _ => "unpinned ",
    } + Value;
}
