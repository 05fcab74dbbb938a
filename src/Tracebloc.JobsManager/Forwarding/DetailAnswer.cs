using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>Answers of the proxy itself: JSON with one member.</summary>
internal static class DetailAnswer
{
    /// <summary><c>{"detail": "…"}</c>.</summary>
    public static Task WriteAsync(HttpResponse response, Refusal refusal, CancellationToken token)
    {
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(response, refusal.Status, ("detail", refusal.Words), token);
    }

    public static async Task WriteAsync(
        HttpResponse response, int status, (string Name, string Value) member, CancellationToken token)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(member.Name, member.Value);
            writer.WriteEndObject();
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, token);
    }
}
