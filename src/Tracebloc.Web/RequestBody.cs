using Microsoft.AspNetCore.Http;
using Tracebloc.Net;

namespace Tracebloc.Web;

/// <summary>Reads the body of a request.</summary>
public static class RequestBody
{
    private const int Unannounced = 16 * 1024;

    /// <summary>Reads the whole body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>Null where it is longer than the limit.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        var announced = request.ContentLength ?? Unannounced;
        return announced > limit ? null : await BoundedBody.ReadAsync(request.Body, announced, limit, token);
    }
}
