using System.Net.Http.Headers;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The place of a part within the whole: <c>bytes 5-9/10</c> (RFC 9110 section 14.4).</summary>
/// <param name="From">The first byte; null where there is no such part (<c>bytes */10</c>).</param>
/// <param name="Total">The bytes of the whole; null where unknown.</param>
internal sealed record ContentRange(long? From, long? Total)
{
    /// <summary>Reads the header; null where it is missing or malformed.</summary>
    public static ContentRange? Of(WebAnswer answer) =>
        ContentRangeHeaderValue.TryParse(answer.Header("Content-Range"), out var range)
        && range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
            ? new ContentRange(range.From, range.Length)
            : null;
}
