using System.Globalization;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>The places of a data set's files in the folder that they are staged in.</summary>
internal static class StagedPaths
{
    /// <summary>The folder of the volume below which data sets are staged.</summary>
    public const string Root = "/data/shared/.tracebloc-staging";

    public const string Tokenizer = "tokenizer.json";

    /// <summary>The name of the file of the rows, whatever it is here.</summary>
    public static string RowsOf(SourceFormat format) => format == SourceFormat.Json ? "rows.json" : "labels.csv";

    public static string FileOf(FileFolder folder, string name) => $"{FolderRule.KeyOf(folder)}/{name}";

    /// <summary>Two processors may have files of one name.</summary>
    public static string ScriptOf(int at) => string.Create(CultureInfo.InvariantCulture, $"processors/{at + 1}.py");

    /// <summary>The specification with its paths in a folder.</summary>
    public static IngestSpecification In(string folder, IngestSpecification specification)
    {
        var keys = specification.Rules.Folders.ToDictionary(rule => rule.Folder, rule => $"{folder}/{rule.Key}/");
        return specification with
        {
            Source = $"{folder}/{RowsOf(specification.Format)}",
            Folders = new()
            {
                Images = keys.GetValueOrDefault(FileFolder.Images),
                Annotations = keys.GetValueOrDefault(FileFolder.Annotations),
                Masks = keys.GetValueOrDefault(FileFolder.Masks),
                Texts = keys.GetValueOrDefault(FileFolder.Texts),
                Sequences = keys.GetValueOrDefault(FileFolder.Sequences),
            },
            Processors =
            [
                .. specification.Processors.Index().Select(processor =>
                    processor.Item with { Script = $"{folder}/{ScriptOf(processor.Index)}" }),
            ],
        };
    }
}
