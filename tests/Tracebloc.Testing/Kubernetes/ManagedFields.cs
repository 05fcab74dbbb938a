using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// Keeps <c>metadata.managedFields</c>. An update takes the fields that it changes from everyone else; an apply owns
/// the fields that it states, alone or together with others.
/// </summary>
internal static class ManagedFields
{
    private static readonly string[] NotTracked =
        ["name", "namespace", "uid", "creationTimestamp", "generation", "resourceVersion", "managedFields", "selfLink",
        "deletionTimestamp", "deletionGracePeriodSeconds"];

    // What the server compares a new object with: an empty one of its type, in which structs exist and pointers do not.
    private static readonly JsonObject Nothing = JsonNode.Parse("""
        {"metadata":{},"spec":{"template":{"metadata":{},"spec":{}},"strategy":{},"updateStrategy":{}},"status":{}}
        """)!.AsObject();

    internal static void Update(JsonObject body, JsonObject? before, FakeWriter writer, string apiVersion, string time)
    {
        var entries = Entries(before).Select(entry => entry.DeepClone().AsObject()).ToList();
        var changed = Changes(before ?? Nothing, body);
        var gone = FieldSet.Difference(Tracked(body), Tracked(before ?? Nothing));
        gone.Remove(changed);
        if (writer.Applied is null && changed.IsEmpty && gone.IsEmpty)
        {
            Store(body, entries);
            return;
        }

        var known = entries.Find(entry => IsOf(entry, writer));
        var mine = known ?? Begin(entries, writer, apiVersion);
        var was = FieldsOf(mine);
        var own = writer.Applied ?? was;
        if (writer.Applied is null)
        {
            own.Remove(gone);
            own.Add(changed);
        }

        mine["fieldsV1"] = own.ToJson();
        if (known is null || !changed.IsEmpty || !gone.IsEmpty || !JsonNode.DeepEquals(was.ToJson(), own.ToJson()))
            mine["time"] = time;
        foreach (var entry in entries.Where(entry => entry != mine))
        {
            var fields = FieldsOf(entry);
            fields.Remove(gone);
            fields.Remove(changed);
            entry["fieldsV1"] = fields.ToJson();
        }

        entries.RemoveAll(entry => entry["fieldsV1"] is JsonObject { Count: 0 });
        Store(body, entries);
    }

    /// <summary>The fields that differ between two states of an object, those that are new among them.</summary>
    internal static FieldSet Changes(JsonObject before, JsonObject after) =>
        FieldSet.Difference(Tracked(before), Tracked(after));

    /// <summary>The fields that an applied configuration states.</summary>
    internal static FieldSet Stated(JsonObject configuration)
    {
        var tracked = Tracked(configuration);
        tracked.Remove("kind");
        tracked.Remove("apiVersion");
        return FieldSet.Stated(tracked, "");
    }

    /// <summary>The fields of a writer so far.</summary>
    internal static FieldSet Of(JsonObject body, FakeWriter writer) =>
        Entries(body).FirstOrDefault(entry => IsOf(entry, writer)) is { } mine ? FieldsOf(mine) : new();

    /// <summary>The entries of everyone else.</summary>
    internal static IEnumerable<JsonObject> Others(JsonObject body, FakeWriter writer) =>
        Entries(body).Where(entry => !IsOf(entry, writer));

    internal static FieldSet FieldsOf(JsonObject entry) =>
        entry["fieldsV1"] is JsonObject { Count: > 0 } known ? FieldSet.Parse(known) : new();

    private static IEnumerable<JsonObject> Entries(JsonObject? body) =>
        (body?["metadata"]?["managedFields"] as JsonArray ?? []).Select(entry => entry!.AsObject());

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
            ["operation"] = writer.Operation,
            ["apiVersion"] = apiVersion,
            ["time"] = "",
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = new JsonObject(),
        };
        if (writer.Subresource is not null) entry["subresource"] = writer.Subresource;
        entries.Add(entry);
        return entry;
    }

    private static bool IsOf(JsonObject entry, FakeWriter writer) => (string?)entry["manager"] == writer.Manager
        && (string?)entry["operation"] == writer.Operation && (string?)entry["subresource"] == writer.Subresource;

    private static void Store(JsonObject body, List<JsonObject> entries) =>
        body["metadata"]!["managedFields"] = new JsonArray([.. entries.Select(entry => entry.DeepClone())]);
}

/// <summary>The manager of a write, and the part of the object it writes.</summary>
internal sealed record FakeWriter(string Manager, string? Subresource = null)
{
    internal static FakeWriter Controller { get; } = new("kube-controller-manager", "status");

    /// <summary>The fields that an apply states; null for every other write.</summary>
    internal FieldSet? Applied { get; init; }

    /// <summary>An apply takes fields from their owners.</summary>
    internal bool IsForced { get; init; }

    internal string Operation => Applied is null ? "Update" : "Apply";
}
