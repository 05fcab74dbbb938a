using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>The places of a data set's files.</summary>
/// <param name="Source">The file that holds the rows.</param>
/// <param name="Layout">The folders of its files; the first one holds the files that rows name.</param>
public sealed record DatasetFolder(string Source, IReadOnlyList<FileLayout> Layout)
{
    /// <summary>The volume of the cluster, below which a relative path of a specification lies.</summary>
    public const string Volume = "/data/shared";

    /// <summary>The Python files of the processors, in their order.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>The file of the tokenizer, beside the folder of the texts; null without files.</summary>
    public string? Tokenizer => Layout is [var first, ..]
        ? Path.Combine(Path.GetDirectoryName(first.Path) ?? "", "tokenizer.json")
        : null;

    /// <summary>The places that a specification names.</summary>
    /// <param name="specification">The specification.</param>
    /// <param name="folder">
    /// Stands in for the deepest folder that contains all named files and folders, so that a data set can be validated
    /// wherever it lies; null for the named places themselves.
    /// </param>
    public static DatasetFolder Of(IngestSpecification specification, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(specification);
        var common = folder is null ? 0 : CommonFolder(specification);
        var rules = specification.Rules;
        return new(
            Place(specification.Source),
            [
                .. rules.Folders.Select(rule => new FileLayout(
                    rule.Folder,
                    Place(specification.Folders.Of(rule.Folder) ?? rule.Key),
                    rule.Extension ?? specification.Files.Extension ?? "")),
            ])
        {
            Scripts = [.. specification.Processors.Select(processor => Place(processor.Script))],
        };

        string Place(string named) => UserPath.Absolute(folder is null
            ? named
            : Path.Combine([folder, .. VolumePath.PartsOf(named).Skip(common)]));
    }

    // The named places need not exist where the data is validated.
    private static int CommonFolder(IngestSpecification specification)
    {
        var parents = specification.Rules.Folders
            .Select(rule => specification.Folders.Of(rule.Folder))
            .OfType<string>()
            .Concat(specification.Processors.Select(processor => processor.Script))
            .Prepend(specification.Source)
            .Select(named => VolumePath.PartsOf(named).SkipLast(1).ToList())
            .ToList();
        return parents[0].Index()
            .TakeWhile(part => parents.All(parent => part.Index < parent.Count && parent[part.Index] == part.Item))
            .Count();
    }
}
