using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The chart's values.schema.json: schemas/ingest.v1.json, opened for the keys of the chart itself.</summary>
internal static class ValuesSchema
{
    private static readonly string[] Own = ["ingestConfig", "global", "submit"];

    /// <summary>The file as it should be. The rules of its own keys are kept, all else comes from ingest.v1.</summary>
    /// <param name="chart">The file as it is.</param>
    /// <param name="ingest">The text of schemas/ingest.v1.json.</param>
    public static string Write(string chart, string ingest)
    {
        var (file, format) = (Parse(chart), Parse(ingest));
        var keys = format["properties"]!.AsObject();
        var own = Own.Select(name => KeyValuePair.Create(name, file["properties"]![name]));
        file["properties"] = new JsonObject(keys.Concat(own).Select(Copy));
        file["definitions"] = format["definitions"]!.DeepClone();
        file["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { ["ingestConfig"] = new JsonObject { ["const"] = "" } },
            ["anyOf"] = new JsonArray([.. keys.Select(key => Required(JsonValue.Create(key.Key)))]),
        };
        file["then"] = new JsonObject(
            new[] { "required", "allOf" }.Select(rule => Copy(KeyValuePair.Create(rule, format[rule]))));
        return SchemaFile.Parse(file.ToJsonString()).Describe(ValuesFile.Of(IngestorChart.Chart));
    }

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();

    private static JsonObject Required(JsonNode key) => new() { ["required"] = new JsonArray(key) };

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) =>
        KeyValuePair.Create(pair.Key, pair.Value?.DeepClone());
}
