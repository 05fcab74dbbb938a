using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// Merges lists by key and deletes by null; knows <c>$patch</c> and <c>$retainKeys</c>, and leaves order alone.
/// </summary>
/// <remarks>github.com/kubernetes/community: contributors/devel/sig-api-machinery/strategic-merge-patch.md</remarks>
internal static class StrategicMergePatch
{
    internal static void Apply(JsonObject target, JsonObject patch)
    {
        switch ((string?)patch["$patch"])
        {
            case "replace":
                target.Clear();
                break;
            case "delete":
                target.Clear();
                return;
            case null or "merge": break;
            case var other: throw FakeStatusException.Internal($"Unknown patch type found: {other}");
        }

        Retain(target, patch);
        foreach (var (name, value) in patch)
            if (!name.StartsWith('$')) Set(target, name, value);
    }

    private static void Retain(JsonObject target, JsonObject patch)
    {
        if (patch["$retainKeys"] is not JsonArray keys) return;
        var kept = keys.Select(key => (string?)key).ToHashSet();
        foreach (var name in target.Select(member => member.Key).Where(name => !kept.Contains(name)).ToList())
            target.Remove(name);
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject map:
                if (target[name] is not JsonObject child) target[name] = child = [];
                Apply(child, map);
                break;
            case JsonArray list when ListKeys.MergeKey(name) is { } key:
                target[name] = Merge(target[name] as JsonArray ?? [], list, key);
                break;
            case JsonArray list when name == "finalizers":
                target[name] = Union(target[name] as JsonArray ?? [], list);
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    private static JsonArray Merge(JsonArray old, JsonArray patch, string key)
    {
        var entries = old.Select(entry => entry!.DeepClone().AsObject()).ToList();
        if (patch.Any(entry => (string?)entry?["$patch"] == "replace")) entries.Clear();
        foreach (var change in patch.OfType<JsonObject>().Where(change => (string?)change["$patch"] != "replace"))
        {
            var id = change[key] ?? throw FakeStatusException.Internal(
                $"map: {change.ToJsonString()} does not contain declared merge key: {key}");
            var index = entries.FindIndex(entry => JsonNode.DeepEquals(entry[key], id));
            if ((string?)change["$patch"] == "delete")
            {
                if (index >= 0) entries.RemoveAt(index);
                continue;
            }

            if (index < 0) entries.Add([]);
            Apply(index < 0 ? entries[^1] : entries[index], change);
        }

        return new JsonArray([.. entries]);
    }

    private static JsonArray Union(JsonArray old, JsonArray patch) =>
        new([.. old.Concat(patch).Select(entry => (string?)entry).Distinct().Select(entry => JsonValue.Create(entry))]);
}
