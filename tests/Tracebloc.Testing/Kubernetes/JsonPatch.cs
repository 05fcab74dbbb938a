using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>RFC 6902; a failure of any operation refuses them all.</summary>
internal static class JsonPatch
{
    internal static void Apply(JsonObject target, JsonArray operations)
    {
        foreach (var operation in operations.OfType<JsonObject>())
            Apply(target, operation);
    }

    private static void Apply(JsonObject target, JsonObject operation)
    {
        var path = Path(operation, "path");
        switch ((string?)operation["op"])
        {
            case "add": Add(target, path, operation["value"]?.DeepClone()); break;
            case "remove": Remove(target, path); break;
            case "replace":
                Remove(target, path);
                Add(target, path, operation["value"]?.DeepClone());
                break;
            case "test":
                if (!JsonNode.DeepEquals(Find(target, path), operation["value"])) throw Refused();
                break;
            case "copy": Add(target, path, Find(target, Path(operation, "from"))?.DeepClone()); break;
            case "move":
                var moved = Find(target, Path(operation, "from"))?.DeepClone();
                Remove(target, Path(operation, "from"));
                Add(target, path, moved);
                break;
            default: throw Refused();
        }
    }

    private static void Add(JsonNode target, string[] path, JsonNode? value)
    {
        switch (Find(target, path[..^1]))
        {
            case JsonObject map: map[path[^1]] = value; break;
            case JsonArray list when path[^1] == "-": list.Add(value); break;
            case JsonArray list: list.Insert(Index(list, path[^1], list.Count), value); break;
            default: throw Refused();
        }
    }

    private static void Remove(JsonNode target, string[] path)
    {
        switch (Find(target, path[..^1]))
        {
            case JsonObject map when map.Remove(path[^1]): break;
            case JsonArray list: list.RemoveAt(Index(list, path[^1], list.Count - 1)); break;
            default: throw Refused();
        }
    }

    private static JsonNode? Find(JsonNode? node, IEnumerable<string> path) =>
        path.Aggregate(node, (at, step) => at switch
    {
        JsonObject map => map[step],
        JsonArray list => list[Index(list, step, list.Count - 1)],
        _ => throw Refused(),
    });

    private static int Index(JsonArray list, string step, int last) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            && last <= list.Count
            ? index : throw Refused();

    private static string[] Path(JsonObject operation, string member) =>
        ((string?)operation[member])?.Split('/') is ["", .. var steps] and [_, _, ..]
            ? [.. steps.Select(
                step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw Refused();

    private static FakeStatusException Refused() =>
        new(422, "Invalid", "the server rejected our request due to an error in our request");
}
