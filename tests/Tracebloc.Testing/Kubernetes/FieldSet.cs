using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>A set of fields as <c>fieldsV1</c> writes it: a tree whose nodes may be members themselves.</summary>
/// <seealso href="https://github.com/kubernetes-sigs/structured-merge-diff/blob/master/fieldpath/serialize.go"/>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);
    private bool _isMember;

    internal bool IsEmpty => !_isMember && _children.Count == 0;

    internal static FieldSet Parse(JsonObject fields)
    {
        var set = new FieldSet { _isMember = fields.Count == 0 };
        foreach (var (name, value) in fields)
            if (name == ".") set._isMember = true;
            else if (value is JsonObject child) set._children[name] = Parse(child);
        return set;
    }

    internal JsonObject ToJson()
    {
        var fields = new JsonObject();
        if (_isMember && _children.Count > 0) fields["."] = new JsonObject();
        foreach (var (name, child) in _children) fields[name] = child.ToJson();
        return fields;
    }

    /// <summary>
    /// The fields of one object that another lacks or has differently. A new node is a member with all below it.
    /// </summary>
    internal static FieldSet Difference(JsonNode? from, JsonNode? to, string list = "")
    {
        var set = new FieldSet();
        var (old, now) = (Members(from, list), Members(to, list));
        if (now is null || (now.Count == 0 && old is not { Count: > 0 }))
        {
            set._isMember = to is not null && !JsonNode.DeepEquals(from, to);
            return set;
        }

        set._isMember = from is null;
        foreach (var (name, (child, childList)) in now)
            set.Put(name, Difference(old?.GetValueOrDefault(name).Node, child, childList));
        return set;
    }

    /// <summary>
    /// The fields that a configuration states: what has no fields of its own, and each entry of a list with keys.
    /// </summary>
    internal static FieldSet Stated(JsonNode? node, string list)
    {
        var set = new FieldSet();
        if (Members(node, list) is not { Count: > 0 } members) set._isMember = node is not null;
        else
            foreach (var (name, (child, childList)) in members)
            {
                var stated = Stated(child, childList);
                stated._isMember |= name[0] == 'k';
                set.Put(name, stated);
            }

        return set;
    }

    /// <summary>The paths that are members here and there.</summary>
    internal IReadOnlyList<string> Common(FieldSet other)
    {
        var paths = new List<string>();
        Collect(other, "", paths);
        return paths;
    }

    /// <summary>Removes the fields from an object; what is left empty by that stays.</summary>
    internal void RemoveFrom(JsonObject target)
    {
        foreach (var (name, child) in _children)
        {
            if (name[0] != 'f' || target[name[2..]] is not { } value) continue;
            if (child._isMember && child._children.Count == 0) target.Remove(name[2..]);
            else if (value is JsonObject map) child.RemoveFrom(map);
            else if (value is JsonArray items) child.RemoveFrom(items, name[2..]);
        }
    }

    internal void Add(FieldSet other)
    {
        _isMember |= other._isMember;
        foreach (var (name, child) in other._children)
        {
            if (!_children.TryGetValue(name, out var mine)) _children[name] = mine = new();
            mine.Add(child);
        }
    }

    internal void Remove(FieldSet other)
    {
        if (other._isMember) _isMember = false;
        foreach (var (name, child) in other._children)
        {
            if (!_children.TryGetValue(name, out var mine)) continue;
            mine.Remove(child);
            if (mine.IsEmpty) _children.Remove(name);
        }
    }

    private void Collect(FieldSet other, string path, List<string> paths)
    {
        if (_isMember && other._isMember && path.Length > 0) paths.Add(path);
        foreach (var (name, child) in _children)
            if (other._children.TryGetValue(name, out var theirs))
                child.Collect(theirs, path + FieldSetPaths.Text(name), paths);
    }

    private void RemoveFrom(JsonArray items, string list)
    {
        foreach (var (name, child) in _children)
        {
            var item = items.FirstOrDefault(item => ListKeys.FieldName(list, item) == name);
            if (item is null) continue;
            if (child._isMember) items.Remove(item);
            else child.RemoveFrom(item.AsObject());
        }
    }

    private void Put(string name, FieldSet child)
    {
        if (!child.IsEmpty) _children[name] = child;
    }

    /// <summary>The members of an object or of a list with keys; null for what is one value.</summary>
    private static Dictionary<string, (JsonNode? Node, string List)>? Members(JsonNode? node, string list) =>
        node switch
        {
            // a selector cannot be changed in part
            JsonObject when list == "f:selector" => null,
            JsonObject map =>
                map.Where(m => m.Value is not null).ToDictionary(m => $"f:{m.Key}", m => (m.Value, $"f:{m.Key}")),
            JsonArray items when list.Length > 2 && ListKeys.IsKeyed(list[2..]) => items
                .DistinctBy(item => ListKeys.FieldName(list[2..], item))
                .ToDictionary(item => ListKeys.FieldName(list[2..], item) ?? "", item => (item, "")),
            _ => null,
        };
}
