using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Pushing;

/// <summary>A push and its end, for programs. Names and meanings stay; members may be added.</summary>
internal sealed record PushJson
{
    public string Status { get; init; } = "";

    public int ExitCode { get; init; }

    public string? Error { get; init; }

    public string? Table { get; init; }

    public string? Category { get; init; }

    public string? Intent { get; init; }

    public string? Namespace { get; init; }

    /// <summary>The key of the run; absent before one is chosen.</summary>
    public string? Run { get; init; }

    public string? JobName { get; init; }

    /// <summary>True where an earlier run has loaded exactly this data: nothing was done.</summary>
    public bool? Unchanged { get; init; }

    /// <summary>The files on the volume; absent where none were staged.</summary>
    public StagedJson? Staged { get; init; }

    /// <summary>The ingestor's summary; absent before the run has succeeded.</summary>
    public JsonNode? Summary { get; init; }

    public PushJson With(Ending ending, string? error) =>
        this with { Status = ending.Status, ExitCode = ending.ExitCode, Error = error };
}

/// <summary>The files that were staged.</summary>
/// <param name="Files">Their number.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="SentBytes">The bytes that were sent: others were there already.</param>
/// <param name="Seconds">The time that it took.</param>
internal sealed record StagedJson(int Files, long Bytes, long SentBytes, double Seconds)
{
    /// <param name="kept">The files that were there already.</param>
    public string Describe(int kept) =>
        $"{ValidationText.Counted(Files, "file")}, {HumanSize.Of(Bytes)}"
        + (SentBytes < Bytes ? $", {HumanSize.Of(SentBytes)} of it sent now, {kept:N0} files were there" : "")
        + $", {Seconds:0.0} s";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(PushJson))]
internal sealed partial class PushJsonContext : JsonSerializerContext
{
    public static PushJsonContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
