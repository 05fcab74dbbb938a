using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tracebloc.CommandLine;

namespace Tracebloc.JobsManager.Web;

/// <summary>An answer to a request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Type">The media type of the body.</param>
/// <param name="Body">The body.</param>
internal sealed record Answer(int Status, string Type, ReadOnlyMemory<byte> Body)
{
    private const string Json = "application/json";

    // Callers print the text of an answer: quotes and dashes stay what they are.
    private static readonly AnswerContext Values = new(JsonText.Readable(AnswerContext.Default.Options));
    private static readonly FaultContext Faults = new(JsonText.Readable(FaultContext.Default.Options));

    /// <summary>The wait before the same request may succeed; null where none helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The methods of the path, with 405.</summary>
    public string? Allow { get; init; }

    public static Answer Of(int status, SubmittedJson value) => Of(status, value, Values.SubmittedJson);

    public static Answer Of(int status, RunJson value) => Of(status, value, Values.RunJson);

    public static Answer Of(int status, RunsJson value) => Of(status, value, Values.RunsJson);

    public static Answer Of(int status, DatasetJson value) => Of(status, value, Values.DatasetJson);

    public static Answer Of(int status, DatasetsJson value) => Of(status, value, Values.DatasetsJson);

    public static Answer Of(int status, DeletionJson value) => Of(status, value, Values.DeletionJson);

    public static Answer Of(int status, LossJson value) => Of(status, value, Values.LossJson);

    public static Answer Of(int status, VersionJson value) => Of(status, value, Values.VersionJson);

    public static Answer Of(int status, StatusJson value) => Of(status, value, Values.StatusJson);

    /// <summary>A failure with its reason.</summary>
    public static Answer Fault(int status, string detail, IReadOnlyList<ErrorJson>? errors = null) =>
        Of(status, new FaultJson(detail) { Errors = errors }, Faults.FaultJson);

    /// <summary>Text in another format than JSON.</summary>
    public static Answer Text(string type, string text) => new(200, type, Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(HttpResponse response, CancellationToken token)
    {
        response.StatusCode = Status;
        response.ContentType = Type;
        response.ContentLength = Body.Length;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (Allow is not null) response.Headers.Allow = Allow;
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        await response.Body.WriteAsync(Body, token);
    }

    private static Answer Of<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, Json, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
