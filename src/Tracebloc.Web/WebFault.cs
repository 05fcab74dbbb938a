using Microsoft.AspNetCore.Http;

namespace Tracebloc.Web;

/// <summary>An answer that is no success, before the program gives it its form.</summary>
/// <param name="Status">The status.</param>
/// <param name="Detail">The fault and its remedy, in one line.</param>
public sealed record WebFault(int Status, string Detail)
{
    /// <summary>The wait before the same request may succeed; null where none helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A service that is away.</summary>
    public static WebFault Unavailable(string detail, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, detail) { RetryAfter = retryAfter };
}
