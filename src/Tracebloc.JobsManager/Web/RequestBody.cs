using Microsoft.AspNetCore.Http;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Web;

/// <summary>Reads the body of a request.</summary>
internal static class RequestBody
{
    private const int Unannounced = 16 * 1024;

    /// <returns>Null where it is longer than the limit.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken token)
    {
        var announced = request.ContentLength ?? Unannounced;
        return announced > limit ? null : await BoundedBody.ReadAsync(request.Body, announced, limit, token);
    }
}
