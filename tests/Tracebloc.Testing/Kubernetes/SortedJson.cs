using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>JSON in the order of its keys, as the API server writes what it knows no type of.</summary>
internal static class SortedJson
{
    /// <summary>A custom resource, which names its type.</summary>
    internal static string Text(FakeResourceType type, JsonObject body)
    {
        var named = body.DeepClone().AsObject();
        named["apiVersion"] = type.ApiVersion;
        named["kind"] = type.Kind;
        return Of(named)!.ToJsonString();
    }

    private static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Of)]),
        _ => node?.DeepClone(),
    };
}
