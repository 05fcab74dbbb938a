using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>
/// schemas/ingest.v1.json against the table of categories. To write its generated parts, run this class with
/// <c>APPROVE=1</c> in the environment.
/// </summary>
public sealed class SchemaTests
{
    private const string File = "schemas/ingest.v1.json";

    [Fact]
    public void Its_categories_and_conditionals_are_those_of_the_table()
    {
        var written = Documents.Read(File);
        var expected = SchemaText.Regenerate(written);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            System.IO.File.WriteAllText(Documents.Locate(File), expected);
        else
            Assert.Equal(expected, written);
    }

    [Fact]
    public void The_embedded_schema_is_the_file() =>
        Assert.Equal(Documents.Read(File), Encoding.UTF8.GetString(IngestSchema.Json));

    [Fact]
    public void It_is_a_schema_of_draft_07() => Assert.True(SecondJudge.IsDraft7);

    [Fact]
    public void Its_id_and_digest_are_known_to_programs()
    {
        Assert.Equal(IngestSchema.Id, $"{Schema["$id"]}");
        Assert.Matches("^[0-9a-f]{64}$", IngestSchema.Sha256);
    }

    [Fact]
    public void Copies_in_charts_are_the_schema() => Assert.All(
        Directory.GetFiles(Documents.Locate("charts"), "values.schema.json", SearchOption.AllDirectories)
            .SelectMany(file => Copies(JsonNode.Parse(System.IO.File.ReadAllText(file))!)),
        copy => Assert.True(JsonNode.DeepEquals(Schema, copy)));

    [Fact]
    public void A_copy_is_found_wherever_it_stands()
    {
        var values = new JsonObject { ["properties"] = new JsonObject { ["ingest"] = Schema } };

        Assert.True(JsonNode.DeepEquals(Schema, Assert.Single(Copies(values))));
    }

    [Fact]
    public void It_refers_to_itself_alone()
    {
        var references = Nodes(Schema).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonNode>().ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(
            Schema["definitions"]![$"{reference}".Replace("#/definitions/", "")]));
    }

    [Fact]
    public void Every_key_is_described()
    {
        var keys = Nodes(Schema).OfType<JsonObject>()
            .Where(node => node["properties"] is JsonObject && node["additionalProperties"]?.ToString() == "false")
            .SelectMany(node => node["properties"]!.AsObject())
            .ToList();

        Assert.Contains(keys, key => key.Key == "minBinSize");
        Assert.All(keys, key => Assert.NotNull(Described(key.Value!)["description"]));
    }

    private static IEnumerable<JsonNode> Copies(JsonNode schema) => Nodes(schema).OfType<JsonObject>()
        .Where(node => node["$id"] is JsonValue id && $"{id}" == IngestSchema.Id);

    private static JsonNode Schema => JsonNode.Parse(Documents.Read(File))!;

    private static JsonNode Described(JsonNode key) => key["description"] is null && key["$ref"] is { } reference
        ? Schema["definitions"]![$"{reference}".Replace("#/definitions/", "")]!
        : key;

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        (node switch
        {
            JsonObject mapping => mapping.Select(each => each.Value),
            JsonArray list => list,
            _ => [],
        }).OfType<JsonNode>().SelectMany(Nodes).Prepend(node);
}
