using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>Documents of every category with optional keys, and small damages to them.</summary>
internal static class DocumentMutations
{
    private static readonly string[] Optional =
    [
        """{"data_id": {"strategy": "uuid"}}""",
        """{"data_id": {"strategy": "column", "column": "name"}}""",
        """{"data_id": {"strategy": "content_hash"}}""",
        """{"label": "kind"}""",
        """{"label": {"column": "kind", "policy": "bucket", "strategy": "quantile", "bins": 5, "minBinSize": 20}}""",
        """{"label": {"column": "kind", "policy": "passthrough"}}""",
        """{"schema": {"name": "VARCHAR(20)", "size": "DOUBLE", "kind": "INT"}}""",
        """{"time_column": "days"}""",
        """{"target_size": [10, 20], "number_of_keypoints": 3}""",
        """{"spec": {"csv_options": {"chunk_size": 10, "delimiter": ";", "quotechar": "'", "escapechar": "^"}}}""",
        """{"spec": {"file_options": {"target_size": [3, 4], "min_size": [1, 1], "extension": ".png", "any": 1}}}""",
        """{"spec": {"validators": ["Data"], "sidecars": [{"column": "a", "source": "b", "dest": "c"}]}}""",
        """{"spec": {"processors": [{"script": "a.py", "class": "A", "args": {"b": [1, "c"]}}]}}""",
        """{"json": "rows.json"}""",
        """{"masks": "masks", "texts": "texts", "sequences": "sequences"}""",
    ];

    private static readonly string[] Values =
    [
        "\"\"", "\" \"", "\"x\"", "\"train\"", "\"INT\"", "0", "1", "-3", "101", "2.5", "true", "[]", "{}", "[1, 2]",
        "[0, 1]", "[\"x\"]", "{\"column\": \"x\"}", "{\"strategy\": \"column\"}",
    ];

    public static Gen<JsonObject> Documents() =>
        from start in Gen.Elements(Starts().ToArray())
        from more in Gen.Elements(Optional).ArrayOf(3)
        from count in Gen.Choose(0, 3)
        from damages in Damages().ArrayOf(3)
        from harm in Gen.Choose(0, 3)
        select Build(start, more.Take(count), damages.Take(harm));

    private static IEnumerable<string> Starts() =>
        SpecificationText.Smallest.Keys.Select(SpecificationText.Of).Concat(PublishedDocuments.All.Values)
            .Select(text => SpecificationText.Json(text).ToJsonString());

    private static JsonObject Build(string start, IEnumerable<string> more, IEnumerable<Damage> damages)
    {
        var document = JsonNode.Parse(start)!.AsObject();
        foreach (var (key, value) in more.SelectMany(text => JsonNode.Parse(text)!.AsObject().ToList()))
            document[key] = value?.DeepClone();
        foreach (var damage in damages) damage.Do(document);
        return document;
    }

    private static Gen<Damage> Damages() =>
        from place in Gen.Choose(0, 1000)
        from kind in Gen.Choose(0, 3)
        from value in Gen.Elements(Values)
        from key in Gen.Elements("label", "lable", "strategy", "bins", "column", "target_size", "csv")
        select new Damage(place, kind, value, key);

    private sealed record Damage(int Place, int Kind, string Value, string Key)
    {
        public void Do(JsonObject document)
        {
            var mappings = Mappings(document).Where(mapping => mapping.Count > 0).ToList();
            if (mappings is []) return;
            var mapping = mappings[Place % mappings.Count];
            var (key, old) = mapping.ElementAt(Place % mapping.Count);
            if (Kind is 0 or 1) mapping.Remove(key);
            if (Kind == 1) mapping[Key] = old;
            if (Kind == 2) mapping[key] = JsonNode.Parse(Value);
            if (Kind == 3) mapping[Key] = JsonNode.Parse(Value);
        }

        private static IEnumerable<JsonObject> Mappings(JsonNode? node) => node switch
        {
            JsonObject mapping => mapping.SelectMany(each => Mappings(each.Value)).Prepend(mapping),
            JsonArray list => list.SelectMany(Mappings),
            _ => [],
        };
    }
}
