using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Web;

/// <summary>An answer to a request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Type">The media type of the body.</param>
/// <param name="Body">The body.</param>
public sealed record Answer(int Status, string Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>The media type of JSON.</summary>
    public const string JsonType = "application/json";

    /// <summary>The wait before the same request may succeed; null where none helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The methods of the path, with 405.</summary>
    public string? Allow { get; init; }

    /// <summary>A value as JSON.</summary>
    public static Answer Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonType, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Text in another format than JSON.</summary>
    public static Answer Text(string type, string text) =>
        new(StatusCodes.Status200OK, type, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the head and the body.</summary>
    /// <param name="response">The response.</param>
    /// <param name="token">Cancelled when the client is gone.</param>
    public async Task WriteAsync(HttpResponse response, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.StatusCode = Status;
        response.ContentType = Type;
        response.ContentLength = Body.Length;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (Allow is not null) response.Headers.Allow = Allow;
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        await response.Body.WriteAsync(Body, token);
    }
}
