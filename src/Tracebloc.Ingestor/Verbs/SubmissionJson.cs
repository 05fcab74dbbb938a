using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tracebloc.CommandLine;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>A submission and its end, for programs. Names and meanings stay; members may be added.</summary>
internal sealed record SubmissionJson
{
    public string ApiVersion { get; } = "tracebloc.io/v1";

    public string Kind { get; } = "IngestSubmission";

    public required string File { get; init; }

    /// <summary>Absent where the file is not valid.</summary>
    public string? Key { get; init; }

    /// <summary>Absent where the run was not accepted; so are namespace and replay.</summary>
    public string? JobName { get; init; }

    public string? Namespace { get; init; }

    /// <summary>True where the run was submitted before.</summary>
    public bool? Replay { get; init; }

    /// <summary>The last state of the run; absent without --wait.</summary>
    public string? State { get; init; }

    /// <summary>The summary of a run that succeeded; absent without --wait.</summary>
    public JsonNode? Summary { get; init; }

    /// <summary>The reason of a failure.</summary>
    public string? Error { get; init; }

    /// <summary>The faults of the file.</summary>
    public IReadOnlyList<FaultJson> Errors { get; init; } = [];

    public string Write() => JsonText.Write(this, SubmissionContext.Readable.SubmissionJson);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(SubmissionJson))]
internal sealed partial class SubmissionContext : JsonSerializerContext
{
    /// <summary>Leaves arrows and quotes as they are: people read reports.</summary>
    public static SubmissionContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
