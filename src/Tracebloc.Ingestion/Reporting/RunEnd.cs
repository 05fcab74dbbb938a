using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tracebloc.Ingestion.Reporting;

/// <summary>
/// The end of one attempt of a run, as its container's termination message carries it from the ingestor to
/// jobs-manager: one line of JSON of at most 4,096 bytes, Kubernetes' limit.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/"/>
public sealed record RunEnd
{
    /// <summary>The longest message.</summary>
    public const int MostBytes = 4096;

    /// <summary>The summary as JSON; null for an attempt that failed.</summary>
    public string? Summary { get; init; }

    /// <summary>The reason of the failure; null for an attempt that succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The exit code of the attempt.</summary>
    public int ExitCode { get; init; }

    /// <summary>True where another attempt with the same input cannot succeed.</summary>
    public bool IsFinal { get; init; }

    /// <summary>True where nothing of the run is left in the cluster: no row and no file.</summary>
    public bool IsUndone { get; init; }

    /// <summary>
    /// The message, without an end of line. Of a long error the beginning is kept; of a long summary the remarks are
    /// left out from the last one on, and then all of it.
    /// </summary>
    public string Json()
    {
        if (Error is not null) return WithError(Error);
        var summary = Summary is null ? null : JsonNode.Parse(Summary) as JsonObject;
        while (!Fits(Text(summary, null)) && LeaveOutRemark(summary))
        {
        }

        return Fits(Text(summary, null)) ? Text(summary, null) : Text([], null);
    }

    /// <summary>Reads a message; null for a text of another kind, such as the end of a log.</summary>
    public static RunEnd? Find(string? message)
    {
        if (message?.Trim() is not ['{', ..] text) return null;
        try
        {
            return JsonSerializer.Deserialize(text, RunEndContext.Default.RunEndJson) is { } read
                && read is not { Summary: null, Error: null, Undone: not true }
                ? Of(read)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RunEnd Of(RunEndJson read) => new()
    {
        Summary = read.Summary?.ToJsonString(),
        Error = read.Error,
        ExitCode = read.ExitCode ?? 0,
        IsFinal = read.Final ?? false,
        IsUndone = read.Undone ?? false,
    };

    private string WithError(string error)
    {
        if (Text(null, error) is var whole && Fits(whole)) return whole;
        var (kept, tooMany) = (0, Math.Min(error.Length, MostBytes));
        while (tooMany - kept > 1)
        {
            var middle = (kept + tooMany) / 2;
            if (Fits(Text(null, Beginning(error, middle)))) kept = middle;
            else tooMany = middle;
        }

        return Text(null, Beginning(error, kept));
    }

    // Half of a surrogate pair is no text.
    private static string Beginning(string error, int length) =>
        error[..(length > 0 && char.IsHighSurrogate(error[length - 1]) ? length - 1 : length)].TrimEnd() + "…";

    private static bool LeaveOutRemark(JsonObject? summary)
    {
        if (summary?["remarks"] is not JsonArray { Count: > 0 and var count } remarks) return false;
        remarks.RemoveAt(count - 1);
        summary["remarks_left_out"] = (summary["remarks_left_out"] is JsonValue left ? (int)left : 0) + 1;
        return true;
    }

    private static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= MostBytes;

    private string Text(JsonObject? summary, string? error) => JsonSerializer.Serialize(
        new RunEndJson
        {
            Summary = summary,
            Error = error,
            ExitCode = ExitCode == 0 ? null : ExitCode,
            Final = IsFinal ? true : null,
            Undone = IsUndone ? true : null,
        },
        RunEndContext.Readable.RunEndJson);
}

/// <summary>The members of the message.</summary>
internal sealed record RunEndJson
{
    public JsonObject? Summary { get; init; }

    public string? Error { get; init; }

    public int? ExitCode { get; init; }

    public bool? Final { get; init; }

    public bool? Undone { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunEndJson))]
internal sealed partial class RunEndContext : JsonSerializerContext
{
    /// <summary>Leaves quotes and letters as they are: kubectl shows the message to people.</summary>
    public static RunEndContext Readable => field ??= new(
        new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
