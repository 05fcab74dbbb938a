using System.Text.Json.Nodes;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>The entries of one kind, with names that are unique below each parent.</summary>
internal sealed class RegistryStore(string parentMember)
{
    private readonly SortedDictionary<int, (string Parent, JsonObject Entry)> _entries = [];

    public IReadOnlyList<JsonObject> All => [.. _entries.Values.Select(each => Copy(each.Entry))];

    public IReadOnlyList<JsonObject> Below(string parent) =>
        [.. _entries.Values.Where(each => each.Parent == parent).Select(each => Copy(each.Entry))];

    public JsonObject? Get(int id) => _entries.TryGetValue(id, out var found) ? Copy(found.Entry) : null;

    public JsonObject? Find(string parent, string name) =>
        _entries.Values.Where(each => each.Parent == parent && (string?)each.Entry["name"] == name)
            .Select(each => Copy(each.Entry)).FirstOrDefault();

    /// <returns>The entry; null where its name is taken.</returns>
    public JsonObject? Add(string parent, JsonObject members)
    {
        var entry = Copy(members);
        if ((string?)entry["name"] is { } name && Find(parent, name) is not null)
            return null;
        var id = _entries.Count + 1;
        entry["id"] = $"{id}";
        entry["createTimeSinceEpoch"] = "1767323045000";
        entry["lastUpdateTimeSinceEpoch"] = "1767323045000";
        if (parentMember != "")
            entry[parentMember] = parent;
        _entries[id] = (parent, entry);
        return Copy(entry);
    }

    /// <summary>Merges: absent members stay, and present custom properties replace the map.</summary>
    public JsonObject? Patch(int id, JsonObject members)
    {
        if (!_entries.TryGetValue(id, out var found))
            return null;
        foreach (var (name, value) in members)
            if (name is not ("name" or "id" or "artifactType"))
                found.Entry[name] = value?.DeepClone();
        return Copy(found.Entry);
    }

    private static JsonObject Copy(JsonObject entry) => entry.DeepClone().AsObject();
}
