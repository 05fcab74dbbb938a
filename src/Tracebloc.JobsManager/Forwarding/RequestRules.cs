using Microsoft.AspNetCore.Http;
using Tracebloc.Ingestion.Reporting;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The rules of a request's headers.</summary>
internal static class RequestRules
{
    private const string Scheme = "TOKEN ", Json = "application/json";

    /// <summary>The token of the run; null without one, and where there are two.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.Ordinal)
            ? value[Scheme.Length..]
            : null;

    /// <returns>Null where the body may be read.</returns>
    public static Refusal? Refusal(CentralCall call, HttpRequest request)
    {
        if (request.ContentLength > call.MostBytes)
            return new(413, $"the body of the {call.Name} call has at most {call.MostBytes} bytes");
        if (!IsDelimitedOnce(request)) return new(400, "the length of the body is not plain; announce it in one way");
        if (call.Method == HttpMethod.Get)
            return request.Headers.TransferEncoding.Count == 0 ? null : new(413, $"the {call.Name} call has no body");
        if (request.Headers.ContentEncoding.Count > 0)
            return new(415, "the body is compressed; send it as it is");
        return IsJson(request.ContentType) ? null : new(415, $"the body is not announced as {Json}");
    }

    // Kestrel takes both lengths together, and moves the second aside; the backend never sees either.
    private static bool IsDelimitedOnce(HttpRequest request) => request.Headers.TransferEncoding.Count == 0
        || (request.Headers.TransferEncoding is ["chunked"] && request.ContentLength is null
            && !request.Headers.ContainsKey("X-Content-Length") && request.Protocol == "HTTP/1.1");

    private static bool IsJson(string? type) =>
        type?.Split(';')[0].Trim().Equals(Json, StringComparison.OrdinalIgnoreCase) == true;
}
