using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Server-side apply: a manager states the fields it wants, and owns those and no others.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/server-side-apply/"/>
internal static class ApplyPatch
{
    internal const string MediaType = "application/apply-patch+yaml";

    /// <summary>The object with the manager's fields, and without those that it alone wanted before.</summary>
    /// <exception cref="FakeStatusException">Another manager owns a field that would change, and it is not
    /// forced.</exception>
    internal static JsonObject Merge(FakeObject live, JsonObject wanted, FakeWriter writer)
    {
        var merged = live.Body.DeepClone().AsObject();
        Set(merged, wanted);
        if (!writer.IsForced) RefuseConflicts(live, merged, writer);
        var mine = ManagedFields.Of(live.Body, writer);
        mine.Remove(writer.Applied ?? new());
        foreach (var other in ManagedFields.Others(live.Body, writer)) mine.Remove(ManagedFields.FieldsOf(other));
        mine.RemoveFrom(merged);
        return merged;
    }

    private static void RefuseConflicts(FakeObject live, JsonObject merged, FakeWriter writer)
    {
        var changed = ManagedFields.Changes(live.Body, merged);
        var conflicts = ManagedFields.Others(live.Body, writer)
            .Select(other => (Manager: Name(other), Paths: ManagedFields.FieldsOf(other).Common(changed)))
            .Where(conflict => conflict.Paths.Count > 0)
            .OrderBy(conflict => conflict.Manager, StringComparer.Ordinal).ToList();
        if (conflicts.Count > 0) throw FakeStatusException.ApplyConflict(conflicts);
    }

    private static string Name(JsonObject entry) => (string?)entry["operation"] == "Apply"
        ? $"\"{entry["manager"]}\"" : $"\"{entry["manager"]}\" using {entry["apiVersion"]} at {entry["time"]}";

    private static void Set(JsonObject target, JsonObject wanted)
    {
        foreach (var (name, value) in wanted)
            switch (value)
            {
                case null:
                    break;
                case JsonObject map when name != "selector":
                    if (target[name] is not JsonObject child) target[name] = child = [];
                    Set(child, map);
                    break;
                case JsonArray items when ListKeys.IsKeyed(name):
                    target[name] = Entries(target[name] as JsonArray ?? [], items, name);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
    }

    private static JsonArray Entries(JsonArray live, JsonArray wanted, string list)
    {
        var entries = live.Select(entry => entry!.DeepClone().AsObject()).ToList();
        foreach (var want in wanted.OfType<JsonObject>())
        {
            var key = ListKeys.FieldName(list, want);
            var index = entries.FindIndex(entry => ListKeys.FieldName(list, entry) == key);
            if (index < 0) entries.Add([]);
            Set(index < 0 ? entries[^1] : entries[index], want);
        }

        return [.. entries];
    }
}
