using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>An answer in JSON.</summary>
internal sealed record FakeReply(string Body, int Status = 200)
{
    // Warnings quote with \" and leave everything else as it is.
    private static readonly JsonSerializerOptions PlainText =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the header of the same name.</summary>
    internal string? Warning { get; init; }

    internal int? RetryAfterSeconds { get; init; }

    internal Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/json";
        if (Warning is not null)
            http.Response.Headers.Warning = $"299 - {JsonValue.Create(Warning).ToJsonString(PlainText)}";
        if (RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return http.Response.WriteAsync(Body, http.RequestAborted);
    }
}
