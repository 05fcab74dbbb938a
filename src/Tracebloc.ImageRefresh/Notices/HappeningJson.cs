using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.ImageRefresh.Webhook;

namespace Tracebloc.ImageRefresh.Notices;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Outbox))]
[JsonSerializable(typeof(SlackMessage))]
internal sealed partial class HappeningJson : JsonSerializerContext;

/// <summary>Arrows and quotes as they are: people read the annotation, and nothing of it goes into HTML.</summary>
internal static class ReadableJson
{
    public static HappeningJson Context { get; } = new(
        new JsonSerializerOptions(HappeningJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
}
