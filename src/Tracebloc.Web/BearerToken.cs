using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Web;

/// <summary>The bearer token of a request.</summary>
public static class BearerToken
{
    /// <summary>The token of the only Authorization header; null where there is none.</summary>
    /// <remarks>Two headers would leave it open which of them counts.</remarks>
    public static string? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.Authorization is [{ } only]
            && AuthenticationHeaderValue.TryParse(only, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && header.Parameter is { Length: > 0 } token
                ? token
                : null;
    }
}
