using System.Globalization;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>Writes a specification as an ingest.yaml: the same one always gives the same text.</summary>
internal static class SpecificationYaml
{
    /// <param name="specification">The specification.</param>
    /// <param name="hasComments">Explains the keys to a person who will edit them.</param>
    public static string Write(IngestSpecification specification, bool hasComments = false)
    {
        var yaml = new YamlText(hasComments);
        yaml.Comment(
            "The description of a data set. \"tracebloc ingest validate\" checks it, and \"tracebloc dataset push\n"
            + "--config\" sends it. Paths are relative to the folder of the data.");
        yaml.Text("apiVersion", "tracebloc.io/v1");
        yaml.Text("kind", "IngestConfig");
        yaml.Gap();
        yaml.Comment("The kind of the data set, and the table that it becomes in the cluster.");
        yaml.Text("category", specification.Category);
        yaml.Text("table", specification.Table);
        yaml.Comment("train or test.");
        yaml.Text("intent", specification.Intent.ToString().ToLowerInvariant());
        yaml.Gap();
        Places(yaml, specification);
        Label(yaml, specification);
        Keypoints(yaml, specification);
        Schema(yaml, specification);
        DataId(yaml, specification.DataId);
        new OptionsYaml(yaml, specification).Write();
        return yaml.ToString();
    }

    /// <summary>A list in one line: <c>[512, 384]</c>.</summary>
    public static string Size(ImageSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"[{size.Width}, {size.Height}]");

    private static void Places(YamlText yaml, IngestSpecification specification)
    {
        yaml.Comment("The file of the rows, and the folders of the files that they name.");
        yaml.Text(specification.Format == SourceFormat.Json ? "json" : "csv", specification.Source);
        foreach (var rule in specification.Rules.Folders)
            if (specification.Folders.Of(rule.Folder) is { } path) yaml.Text(rule.Key, path);
    }

    private static void Label(YamlText yaml, IngestSpecification specification)
    {
        if (specification.Label is not { } label) return;
        yaml.Gap();
        if (specification.Rules.Label == LabelRule.Required && label.Policy == LabelPolicy.Passthrough)
        {
            yaml.Comment("The column that holds the label.");
            yaml.Text("label", label.Column);
            return;
        }

        yaml.Comment("The column that holds the target. bucket: the index of its bin leaves the cluster;\n"
            + "passthrough: the exact value does.");
        yaml.Line("label", "");
        yaml.Text("column", label.Column, 1);
        yaml.Text("policy", label.Policy.ToString().ToLowerInvariant(), 1);
        var defaults = new BucketOptions();
        if (label.Bucket is not { } bucket || bucket == defaults) return;
        yaml.Number("bins", bucket.Bins, 1);
        yaml.Number("minBinSize", bucket.MinBinSize, 1);
    }

    private static void Keypoints(YamlText yaml, IngestSpecification specification)
    {
        if (!specification.Rules.HasKeypoints) return;
        yaml.Gap();
        yaml.Comment("The size of every image in pixels, the width first, and its keypoints.");
        if (specification.Files.TargetSize is { } size) yaml.Line("target_size", Size(size));
        if (specification.Files.NumberOfKeypoints is { } number) yaml.Number("number_of_keypoints", number);
    }

    private static void Schema(YamlText yaml, IngestSpecification specification)
    {
        if (specification.Schema.Count > 0)
        {
            yaml.Gap();
            yaml.Comment("The columns and their types, inferred from all rows. Others are left out.");
            yaml.Line("schema", "");
            foreach (var (name, type) in specification.Schema) yaml.Text(name, type.Declared, 1);
        }

        if (specification.TimeColumn is not { } time) return;
        yaml.Gap();
        yaml.Comment("The column of the survival time.");
        yaml.Text("time_column", time);
    }

    private static void DataId(YamlText yaml, DataIdSpecification id)
    {
        if (id.Strategy == DataIdStrategy.Uuid) return;
        yaml.Gap();
        yaml.Comment("The source of the rows' ids.");
        yaml.Line("data_id", "");
        yaml.Text("strategy", id.Strategy == DataIdStrategy.Column ? "column" : "content_hash", 1);
        if (id.Column is { } column) yaml.Text("column", column, 1);
    }
}
