using System.Text.Json.Serialization;

namespace Tracebloc.ModelUpload.Destinations.Oci;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OciRecord))]
internal sealed partial class OciRecordJson : JsonSerializerContext;
