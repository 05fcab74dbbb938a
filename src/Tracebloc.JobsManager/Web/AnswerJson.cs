using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tracebloc.JobsManager.Web;

/// <summary>Every answer that is no success.</summary>
internal sealed record FaultJson(string Detail)
{
    /// <summary>The errors of a specification; null for every other fault.</summary>
    public IReadOnlyList<ErrorJson>? Errors { get; init; }
}

/// <summary>An error of a specification.</summary>
/// <param name="Path">The path of the value; empty for the whole text.</param>
/// <param name="Line">Counted from 1; 0 where no line is to blame.</param>
/// <param name="Message">The error and the remedy.</param>
internal sealed record ErrorJson(string Path, int Line, string Message);

/// <summary>The answer to a submission.</summary>
internal sealed record SubmittedJson(string JobName, string Namespace, bool Replay)
{
    /// <summary>The state of a run that was submitted before; absent for a new one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>Its last error; absent where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The time at which its data set was deleted; absent where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>The answer to a list.</summary>
internal sealed record RunsJson(IReadOnlyList<RunJson> Runs);

/// <summary>A run as callers see it; a member without a value is null.</summary>
internal sealed record RunJson
{
    public required string IdempotencyKey { get; init; }

    public required string Table { get; init; }

    public required string Intent { get; init; }

    public required string Category { get; init; }

    public required string State { get; init; }

    public required string Undo { get; init; }

    public required string JobName { get; init; }

    public required string Namespace { get; init; }

    public required string Image { get; init; }

    public required int Parallelism { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required JsonNode? Summary { get; init; }

    public required string? Error { get; init; }

    /// <summary>The time at which its data set was deleted; null: it was not.</summary>
    public required DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>The answer of <c>/v1/version</c>.</summary>
internal sealed record VersionJson(
    string Version,
    IReadOnlyList<SchemaJson> Schemas,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Features);

/// <summary>A schema that specifications are checked against.</summary>
internal sealed record SchemaJson(string Name, string Digest);

/// <summary>The answer of a probe.</summary>
internal sealed record StatusJson(string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SubmittedJson))]
[JsonSerializable(typeof(RunsJson))]
[JsonSerializable(typeof(DatasetsJson))]
[JsonSerializable(typeof(DeletionJson))]
[JsonSerializable(typeof(LossJson))]
[JsonSerializable(typeof(VersionJson))]
[JsonSerializable(typeof(StatusJson))]
internal sealed partial class AnswerContext : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FaultJson))]
internal sealed partial class FaultContext : JsonSerializerContext;
