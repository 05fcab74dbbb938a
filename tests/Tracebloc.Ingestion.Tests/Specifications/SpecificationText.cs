using System.Text.Json.Nodes;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>Texts of specifications, and both judges of them.</summary>
internal static class SpecificationText
{
    private const string Head = "apiVersion: tracebloc.io/v1\nkind: IngestConfig\n";

    /// <summary>The keys of each category that no document of it may omit, and no others.</summary>
    public static IReadOnlyDictionary<string, string> Smallest { get; } = new Dictionary<string, string>
    {
        ["image_classification"] = "images: /data/shared/in/images\nlabel: species\n",
        ["object_detection"] =
            "images: /data/shared/in/images\nannotations: /data/shared/in/annotations\nlabel: kind\n",
        ["keypoint_detection"] =
            "images: /data/shared/in/images\ntarget_size: [448, 448]\nnumber_of_keypoints: 9\nlabel: pose\n",
        ["semantic_segmentation"] = "images: /data/shared/in/images\nmasks: /data/shared/in/masks\nlabel: scene\n",
        ["text_classification"] = "texts: /data/shared/in/texts\nlabel: mood\n",
        ["token_classification"] = "texts: /data/shared/in/texts\nlabel: tags\n",
        ["sentence_pair_classification"] = "texts: /data/shared/in/texts\nlabel: entails\n",
        ["masked_language_modeling"] = "sequences: /data/shared/in/sequences\n",
        ["causal_language_modeling"] = "texts: /data/shared/in/texts\n",
        ["seq2seq"] = "texts: /data/shared/in/texts\n",
        ["embeddings"] = "texts: /data/shared/in/texts\n",
        ["tabular_classification"] = "schema: {petals: INT, length: FLOAT}\nlabel: species\n",
        ["tabular_regression"] = "schema: {rooms: INT, area: FLOAT}\nlabel: {column: price, policy: bucket}\n",
        ["time_series_forecasting"] =
            "schema: {timestamp: TIMESTAMP, load: DOUBLE}\nlabel: {column: demand, policy: passthrough}\n",
        ["time_series_classification"] =
            "schema: {sequence_id: VARCHAR(20), timestamp: BIGINT, pulse: DOUBLE}\nlabel: rhythm\n",
        ["time_to_event_prediction"] =
            "schema: {days: DOUBLE, age: INT}\ntime_column: days\nlabel: {column: died, policy: passthrough}\n",
    };

    /// <summary>The smallest valid document of a category.</summary>
    public static string Of(string category) => $"{Head}category: {category}\ntable: birds\nintent: train\n"
        + $"csv: /data/shared/in/rows.csv\n{Smallest[category]}";

    /// <summary>Reads a valid document.</summary>
    public static IngestSpecification Read(string text)
    {
        var errors = new ConfigurationErrors("ingest.yaml");
        var specification = IngestDocument.Parse(text, errors);
        Assert.True(errors.IsEmpty, string.Join('\n', errors.InOrder()));
        return Assert.IsType<IngestSpecification>(specification);
    }

    /// <summary>The errors of a document, as they are printed.</summary>
    public static IReadOnlyList<string> Errors(string text)
    {
        var errors = new ConfigurationErrors("ingest.yaml");
        var specification = IngestDocument.Parse(text, errors);
        Assert.Equal(errors.IsEmpty, specification is not null);
        return [.. errors.InOrder().Select(error => $"{error}")];
    }

    /// <summary>The document as JSON, the way helm hands it to a schema.</summary>
    public static JsonNode Json(string text)
    {
        var errors = new ConfigurationErrors("ingest.yaml");
        var root = ConfigurationDocument.Parse(text, errors, YamlRules.Go with { LastKeyWins = true });
        return JsonNode.Parse(NodeJson.Write(Assert.IsType<ConfigurationNode.Mapping>(root)))!;
    }
}
