using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.Signatures.Signing;

/// <summary>The JSON that is sent to Fulcio and Rekor.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CertificateRequestDocument))]
[JsonSerializable(typeof(EnvelopeDocument))]
[JsonSerializable(typeof(DsseEntryDocument))]
[JsonSerializable(typeof(HashedEntryDocument))]
[JsonSerializable(typeof(ReferrerDocument))]
[JsonSerializable(typeof(StatementDocument))]
internal sealed partial class ServiceJson : JsonSerializerContext
{
    /// <summary>The same without escapes that no server needs.</summary>
    public static ServiceJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
