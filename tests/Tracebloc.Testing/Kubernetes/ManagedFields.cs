using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Keeps <c>metadata.managedFields</c>: whoever changed a field last owns it, and nobody else does.</summary>
internal static class ManagedFields
{
    private static readonly string[] NotTracked =
        ["name", "namespace", "uid", "creationTimestamp", "generation", "resourceVersion", "managedFields", "selfLink"];

    // What the server compares a new object with: an empty one of its type, in which structs exist and pointers do not.
    private static readonly JsonObject Nothing = JsonNode.Parse("""
        {"metadata":{},"spec":{"template":{"metadata":{},"spec":{}},"strategy":{},"updateStrategy":{}},"status":{}}
        """)!.AsObject();

    internal static void Update(JsonObject body, JsonObject? before, FakeWriter writer, string apiVersion, string time)
    {
        var entries = (before?["metadata"]?["managedFields"] as JsonArray ?? [])
            .Select(entry => entry!.DeepClone().AsObject()).ToList();
        var (old, now) = (Tracked(before ?? Nothing), Tracked(body));
        var changed = FieldSet.Difference(old, now);
        var gone = FieldSet.Difference(now, old);
        gone.Remove(changed);
        if (changed.IsEmpty && gone.IsEmpty)
        {
            Store(body, entries);
            return;
        }

        var mine = entries.Find(entry => IsOf(entry, writer)) ?? Begin(entries, writer, apiVersion);
        mine["time"] = time;
        foreach (var entry in entries)
        {
            var fields = entry["fieldsV1"] is JsonObject { Count: > 0 } known ? FieldSet.Parse(known) : new FieldSet();
            fields.Remove(gone);
            if (entry == mine) fields.Add(changed);
            else fields.Remove(changed);
            entry["fieldsV1"] = fields.ToJson();
        }

        entries.RemoveAll(entry => entry["fieldsV1"] is JsonObject { Count: 0 });
        Store(body, entries);
    }

    private static JsonObject Tracked(JsonObject body)
    {
        var copy = body.DeepClone().AsObject();
        if (copy["metadata"] is JsonObject metadata)
            foreach (var name in NotTracked) metadata.Remove(name);
        return copy;
    }

    private static JsonObject Begin(List<JsonObject> entries, FakeWriter writer, string apiVersion)
    {
        var entry = new JsonObject
        {
            ["manager"] = writer.Manager,
            ["operation"] = "Update",
            ["apiVersion"] = apiVersion,
            ["time"] = "",
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = new JsonObject(),
        };
        if (writer.Subresource is not null) entry["subresource"] = writer.Subresource;
        entries.Add(entry);
        return entry;
    }

    private static bool IsOf(JsonObject entry, FakeWriter writer) =>
        (string?)entry["manager"] == writer.Manager && (string?)entry["subresource"] == writer.Subresource;

    private static void Store(JsonObject body, List<JsonObject> entries) =>
        body["metadata"]!["managedFields"] = new JsonArray([.. entries.Select(entry => entry.DeepClone())]);
}

/// <summary>Who writes, and which part of the object.</summary>
internal sealed record FakeWriter(string Manager, string? Subresource = null)
{
    internal static FakeWriter Controller { get; } = new("kube-controller-manager", "status");
}
