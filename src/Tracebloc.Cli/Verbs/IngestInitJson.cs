using System.Text.Json.Serialization;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary>The result of <c>tracebloc ingest init</c>, for programs.</summary>
internal sealed record IngestInitJson(string Status, int ExitCode)
{
    public string? File { get; init; }

    public string? Category { get; init; }

    public string? Table { get; init; }

    public string? Intent { get; init; }

    public static IngestInitJson Of(Ending ending) => new(ending.Status, ending.ExitCode);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IngestInitJson))]
internal sealed partial class IngestInitContext : JsonSerializerContext
{
    public static IngestInitContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
