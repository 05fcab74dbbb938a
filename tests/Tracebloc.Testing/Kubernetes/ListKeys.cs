using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// By what the entries of a list are told apart; a list that is not named here is one value, replaced whole.
/// </summary>
/// <remarks>
/// From <c>x-kubernetes-list-map-keys</c> and <c>x-kubernetes-patch-merge-key</c> of the OpenAPI document.
/// </remarks>
internal static class ListKeys
{
    // Where the two differ, field management tells entries apart by all keys and strategic merge by the first.
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["containers"] = ["name"],
        ["initContainers"] = ["name"],
        ["ephemeralContainers"] = ["name"],
        ["env"] = ["name"],
        ["volumes"] = ["name"],
        ["imagePullSecrets"] = ["name"],
        ["ports"] = ["containerPort", "protocol"],
        ["volumeMounts"] = ["mountPath"],
        ["volumeDevices"] = ["devicePath"],
        ["hostAliases"] = ["ip"],
        ["conditions"] = ["type"],
        ["ownerReferences"] = ["uid"],
    };

    internal static string? MergeKey(string list) => Keys.TryGetValue(list, out var keys) ? keys[0] : null;

    /// <summary>As <c>fieldsV1</c> names an entry: <c>k:{"name":"api"}</c>; null when the list has no keys.</summary>
    internal static string? FieldName(string list, JsonNode? entry)
    {
        if (!Keys.TryGetValue(list, out var keys) || entry is not JsonObject map) return null;
        var name = new JsonObject();
        foreach (var key in keys)
            if (map[key] is { } value) name[key] = value.DeepClone();
            else if (key == "protocol") name[key] = "TCP";
        return $"k:{name.ToJsonString()}";
    }

    internal static bool IsKeyed(string list) => Keys.ContainsKey(list);
}
