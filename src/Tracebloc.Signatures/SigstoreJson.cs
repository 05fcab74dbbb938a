using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Signatures.Models;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.Signatures;

/// <summary>
/// The JSON of sigstore and cosign: protobuf's mapping, where numbers of 64 bits may be strings and what is left out
/// has its default. The same member twice is refused, since readers differ in which of the two counts.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Bundle))]
[JsonSerializable(typeof(CosignBundle))]
[JsonSerializable(typeof(CosignTimestamp))]
[JsonSerializable(typeof(SimpleSigningPayload))]
[JsonSerializable(typeof(InTotoStatement))]
[JsonSerializable(typeof(TrustRootDocument))]
[JsonSerializable(typeof(ModelDocument))]
[JsonSerializable(typeof(LogEntry))]
[JsonSerializable(typeof(Dictionary<string, RekorEntry>))]
[JsonSerializable(typeof(CertificateAnswer))]
[JsonSerializable(typeof(CosignKey))]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class SigstoreJson : JsonSerializerContext
{
    /// <summary>The value of the bytes, or null and the place of the fault.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, out string? fault) where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize(json, type);
            fault = value is null ? "it is null" : null;
            return value;
        }
        catch (JsonException e)
        {
            fault = $"it cannot be read at {e.Path ?? "$"}";
            return null;
        }
    }
}
