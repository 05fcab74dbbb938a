using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>A run as it is submitted to jobs-manager. The key makes sending it again safe.</summary>
public sealed record RunSubmission
{
    /// <summary>The text of the ingest.yaml.</summary>
    public required string IngestConfig { get; init; }

    /// <summary>The key: one key, one run.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The digest of the ingestor's image; null: the one of the installation.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The number of pods; null: one.</summary>
    public int? Parallelism { get; init; }

    /// <summary>True: the run replaces the data set of its table; null: it must not.</summary>
    public bool? Overwrite { get; init; }

    /// <summary>The body of the call.</summary>
    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(this, SubmissionContext.Readable.RunSubmission);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSubmission))]
internal sealed partial class SubmissionContext : JsonSerializerContext
{
    /// <summary>Leaves letters as they are: escaped, they count six times against jobs-manager's limit.</summary>
    public static SubmissionContext Readable => field ??= new(
        new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
