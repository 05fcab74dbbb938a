using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.CommandLine;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>A run as it is submitted to jobs-manager. The key makes sending it again safe.</summary>
internal sealed record SubmitRequest
{
    /// <summary>The text of the ingest.yaml.</summary>
    public required string IngestConfig { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>The digest of the ingestor's image; null: the one of the installation.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The number of pods; null: one.</summary>
    public int? Parallelism { get; init; }

    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(this, SubmitRequestContext.Readable.SubmitRequest);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SubmitRequest))]
internal sealed partial class SubmitRequestContext : JsonSerializerContext
{
    /// <summary>Leaves letters as they are: escaped, they count six times against jobs-manager's limit.</summary>
    public static SubmitRequestContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
