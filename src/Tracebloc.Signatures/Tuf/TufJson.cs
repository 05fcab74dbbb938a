using System.Text.Json.Serialization;

namespace Tracebloc.Signatures.Tuf;

/// <summary>The JSON of TUF's metadata. The same member twice is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TufEnvelope))]
[JsonSerializable(typeof(TufRoot))]
[JsonSerializable(typeof(TufTimestamp))]
[JsonSerializable(typeof(TufSnapshot))]
[JsonSerializable(typeof(TufTargets))]
internal sealed partial class TufJson : JsonSerializerContext;
