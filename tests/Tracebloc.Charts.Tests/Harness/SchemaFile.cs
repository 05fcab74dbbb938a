using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>A chart's values.schema.json: structure by hand, descriptions from the comments of values.yaml.</summary>
internal sealed class SchemaFile
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _root;

    private SchemaFile(string text)
    {
        _root = JsonNode.Parse(text)?.AsObject() ?? [];
        Properties = [.. PropertiesOf(_root, "")];
    }

    /// <summary>Every place for a value, sections and leaves.</summary>
    public IReadOnlyList<SchemaProperty> Properties { get; }

    public static SchemaFile Of(Chart chart) => Parse(chart.Read("values.schema.json"));

    public static SchemaFile Parse(string text) => new(text);

    /// <summary>True when a template finds something there: the key itself, or one of an open section.</summary>
    public bool Offers(string path) => Properties.Any(property => property.Path == path
        || (property.TakesAnyKey && path.StartsWith(property.Path + ".", StringComparison.Ordinal)));

    /// <summary>The file as it should be: each key described by its comment.</summary>
    public string Describe(ValuesFile values)
    {
        var comments = values.Keys.ToDictionary(key => key.Path, key => key.Summary);
        foreach (var place in Properties.Where(property => comments.ContainsKey(property.Path)).GroupBy(one => one.Own))
        {
            var descriptions = place.Select(property => comments[property.Path]).Distinct().ToList();
            Assert.True(
                descriptions is [_],
                $"{string.Join(" and ", place.Select(property => property.Path))} share their rules in the schema, "
                + "so that their comments in values.yaml must begin with the same sentence.");
            place.First().Describe(descriptions[0]);
        }

        return ToString();
    }

    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
            _root.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private IEnumerable<SchemaProperty> PropertiesOf(JsonObject schema, string prefix)
    {
        foreach (var (name, value) in Resolve(schema)["properties"]?.AsObject() ?? [])
        {
            var property = new SchemaProperty($"{prefix}{name}", value!.AsObject(), Resolve(value.AsObject()));
            yield return property;
            foreach (var inner in PropertiesOf(property.Rules, $"{property.Path}."))
                yield return inner;
        }
    }

    /// <summary>The schema that `$ref: "#/$defs/name"` refers to.</summary>
    private JsonObject Resolve(JsonObject schema) => schema["$ref"]?.GetValue<string>() is { } reference
        ? reference.Split('/')[1..].Aggregate((JsonNode)_root, (node, key) => node[key]!).AsObject()
        : schema;
}
