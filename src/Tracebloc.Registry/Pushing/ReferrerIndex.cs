using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracebloc.Registry.Pushing;

/// <summary>
/// The index under the tag that stands in for the referrers API (OCI distribution spec, referrers tag schema). Entries
/// of others stay as they are.
/// </summary>
internal static class ReferrerIndex
{
    public const string MediaType = "application/vnd.oci.image.index.v1+json";

    /// <summary>The index with the manifest in it; null where it is there already.</summary>
    /// <param name="index">The bytes of the index; null where there is none.</param>
    /// <param name="mediaType">The manifest's type.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="fault">The reason why the bytes are no such index.</param>
    public static byte[]? With(
        byte[]? index, string mediaType, ReadOnlyMemory<byte> manifest, out string? fault)
    {
        var digest = Digest.Of(manifest.Span).ToString();
        if (Read(index, out fault) is not { } list || list["manifests"] is not JsonArray entries)
        {
            fault ??= "it has no manifests";
            return null;
        }
        if (entries.Any(entry => TextOf((entry as JsonObject)?["digest"]) == digest))
            return null;
        entries.Add(EntryOf(mediaType, digest, manifest));
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(list, ReferrerJson.Default.JsonNode);
    }

    private static JsonObject? Read(byte[]? index, out string? fault)
    {
        fault = null;
        if (index is null)
            return new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaType,
                ["manifests"] = new JsonArray(),
            };
        var list = Parse(index);
        fault = list is null ? "it is not JSON" : null;
        return list;
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonNode.Parse(json.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode EntryOf(string mediaType, string digest, ReadOnlyMemory<byte> manifest)
    {
        var content = Parse(manifest);
        var entry = new JsonObject
        {
            ["mediaType"] = mediaType,
            ["digest"] = digest,
            ["size"] = manifest.Length,
        };
        // The type of the configuration stands in where the manifest states none (image spec, artifact usage).
        var type = TextOf(content?["artifactType"]) ?? TextOf((content?["config"] as JsonObject)?["mediaType"]);
        if (type is not null)
            entry["artifactType"] = type;
        if (content?["annotations"] is JsonObject annotations)
            entry["annotations"] = annotations.DeepClone();
        return entry;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
