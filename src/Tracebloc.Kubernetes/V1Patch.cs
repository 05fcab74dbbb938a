using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes;

/// <summary>A change to an object, in one of the three ways the API server understands.</summary>
/// <remarks>
/// <c>metadata.resourceVersion</c> in a merge patch is a precondition: 409 when the object has another.
/// </remarks>
public sealed class V1Patch
{
    private V1Patch(string mediaType, ReadOnlyMemory<byte> content) => (MediaType, Content) = (mediaType, content);

    /// <summary>The <c>Content-Type</c> that distinguishes the kinds.</summary>
    public string MediaType { get; }

    /// <summary>The patch, JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>
    /// Lists with a merge key (containers, env, volumes by name) are merged entry by entry; null deletes.
    /// </summary>
    /// <param name="patch">A part of the object. Built-in resources only: custom resources refuse it with 415.</param>
    public static V1Patch StrategicMerge(JsonNode patch) => StrategicMerge(Bytes(patch));

    /// <inheritdoc cref="StrategicMerge(JsonNode)"/>
    public static V1Patch StrategicMerge(ReadOnlyMemory<byte> patch) =>
        new("application/strategic-merge-patch+json", patch);

    /// <summary>RFC 7386: lists are replaced whole; null deletes.</summary>
    /// <param name="patch">A part of the object.</param>
    public static V1Patch Merge(JsonNode patch) => Merge(Bytes(patch));

    /// <inheritdoc cref="Merge(JsonNode)"/>
    public static V1Patch Merge(ReadOnlyMemory<byte> patch) => new("application/merge-patch+json", patch);

    /// <summary>RFC 6902: a list of operations; <c>test</c> makes them conditional.</summary>
    /// <param name="patch">An array of operations.</param>
    public static V1Patch Json(JsonNode patch) => Json(Bytes(patch));

    /// <inheritdoc cref="Json(JsonNode)"/>
    public static V1Patch Json(ReadOnlyMemory<byte> patch) => new("application/json-patch+json", patch);

    private static ReadOnlyMemory<byte> Bytes(JsonNode patch)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) patch.WriteTo(writer);
        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }
}
