using System.Text;
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

    /// <summary>True where nothing of the run is left: no row, no file, no registration.</summary>
    public bool IsUndone { get; init; }

    /// <summary>The message, without an end of line; a long error is cut, a long summary is left out.</summary>
    public string Json()
    {
        for (var error = Error; ; error = error?[..(error.Length / 2)])
        {
            var text = JsonSerializer.Serialize(Parts(Summary, error), RunEndContext.Default.RunEndJson);
            if (Encoding.UTF8.GetByteCount(text) <= MostBytes) return text;
            if (error is null)
                return JsonSerializer.Serialize(Parts(null, error), RunEndContext.Default.RunEndJson);
        }
    }

    /// <summary>Reads a message; null for a text of another kind, such as the end of a log.</summary>
    public static RunEnd? Find(string? message)
    {
        if (message?.Trim() is not ['{', ..] text) return null;
        try
        {
            return JsonSerializer.Deserialize(text, RunEndContext.Default.RunEndJson) is { } read
                && read is not { Summary: null, Error: null }
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

    private RunEndJson Parts(string? summary, string? error) => new()
    {
        Summary = summary is null ? null : JsonNode.Parse(summary) as JsonObject,
        Error = error,
        ExitCode = ExitCode == 0 ? null : ExitCode,
        Final = IsFinal ? true : null,
        Undone = IsUndone ? true : null,
    };
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
internal sealed partial class RunEndContext : JsonSerializerContext;
