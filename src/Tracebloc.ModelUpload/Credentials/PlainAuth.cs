using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracebloc.ModelUpload.Credentials;

/// <summary>
/// An <c>auth</c> of a docker configuration that is plain <c>user:password</c>: upstream's job took it, and docker's
/// own readers do not.
/// </summary>
internal static class PlainAuth
{
    /// <summary>The configuration with each plain <c>auth</c> in base64; as it is where there is none.</summary>
    public static ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> json, out bool isPlain)
    {
        isPlain = false;
        if (Parse(json) is not JsonObject root || Entries(root) is not { } entries) return json;
        foreach (var entry in entries.ToList())
            if (entry.Value is JsonObject account && Text(account) is { } auth && IsPlain(auth))
            {
                account["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(auth));
                isPlain = true;
            }
        return isPlain ? Encoding.UTF8.GetBytes(root.ToJsonString()) : json;
    }

    // The reader of docker configurations reports what is malformed.
    private static JsonNode? Parse(ReadOnlyMemory<byte> json)
    {
        if (JsonSurrogates.HasHalf(Encoding.UTF8.GetString(json.Span))) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return HasEqualNames(document.RootElement) ? null : JsonNode.Parse(json.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Nodes throw where an object has a name twice.
    private static bool HasEqualNames(JsonElement element) => element.ValueKind == JsonValueKind.Object
        && (element.EnumerateObject().GroupBy(member => member.Name).Any(group => group.Count() > 1)
            || element.EnumerateObject().Any(member => HasEqualNames(member.Value)));

    private static JsonObject? Entries(JsonObject root) => root["auths"] as JsonObject;

    private static string? Text(JsonObject account) =>
        account["auth"] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    // No base64 has a colon.
    private static bool IsPlain(string auth) => auth.Contains(':', StringComparison.Ordinal);
}
