using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.ImageRefresh.Notifications.Webhook;

namespace Tracebloc.ImageRefresh.Notifications;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(StoredOutbox))]
[JsonSerializable(typeof(SlackMessage))]
internal sealed partial class NotificationJson : JsonSerializerContext;

/// <summary>Arrows and quotes as they are: people read the annotation, and nothing of it goes into HTML.</summary>
internal static class ReadableJson
{
    public static NotificationJson Context { get; } = new(
        new JsonSerializerOptions(NotificationJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
}
