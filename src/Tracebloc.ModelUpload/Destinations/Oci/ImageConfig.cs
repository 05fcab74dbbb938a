using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>The configuration of a base image with the model's layers put on it; the rest of it stays.</summary>
internal static class ImageConfig
{
    // A time of now would make another image of the same model.
    private const string Created = "1970-01-01T00:00:00Z";

    /// <summary>The new configuration; null for a configuration that lists no layers.</summary>
    /// <param name="config">The base image's.</param>
    /// <param name="baseLayers">The layers of the base image's manifest.</param>
    /// <param name="layers">The layers put on it.</param>
    public static byte[]? With(ReadOnlyMemory<byte> config, int baseLayers, IReadOnlyList<PushedLayer> layers)
    {
        if (Parse(config) is not JsonObject image
            || image["rootfs"] is not JsonObject files
            || files["diff_ids"] is not JsonArray ids
            || ids.Count != baseLayers)
            return null;
        var history = image["history"] as JsonArray;
        // Tools refuse a history that does not fit the layers; none at all is valid.
        if (history?.Count(IsOfLayer) != baseLayers)
        {
            image.Remove("history");
            history = null;
        }

        foreach (var layer in layers)
        {
            ids.Add((JsonNode)layer.Digest.ToString());
            history?.Add((JsonNode)new JsonObject
            {
                ["created"] = Created,
                ["created_by"] = $"model-upload {layer.Title}",
            });
        }

        return Encoding.UTF8.GetBytes(image.ToJsonString());
    }

    private static bool IsOfLayer(JsonNode? line) =>
        line is JsonObject step && step["empty_layer"]?.GetValueKind() != JsonValueKind.True;

    private static JsonNode? Parse(ReadOnlyMemory<byte> config)
    {
        try
        {
            return JsonNode.Parse(config.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
