using Tracebloc.Cli.Looking;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Cli.Describing;

/// <summary>The data set of an ingest.yaml: its paths are looked up in the data set's folder.</summary>
internal static class ConfiguredDataset
{
    /// <param name="config">The ingest.yaml.</param>
    /// <param name="origin">The data.</param>
    /// <param name="token">Ends listing.</param>
    /// <exception cref="CliException">The file is wrong, or the data is not what it describes.</exception>
    public static LocalDataset Of(string config, IDataOrigin origin, CancellationToken token)
    {
        var file = DescriptionFile.Read(config);
        if (file.Specification is not { } specification) throw new CliException(file.ExitCode, file.Text);
        var places = DatasetFolder.Of(specification, origin.Root);
        return new(Find(specification, places, token), specification)
        {
            Scripts = [.. places.Scripts.Select(script => FileAt(script, "the Python file"))],
        };
    }

    private static FoundData Find(IngestSpecification specification, DatasetFolder places, CancellationToken token) =>
        new(
            specification.Rules,
            FileAt(places.Source, "the rows"),
            [.. specification.Rules.Folders.Zip(places.Layout, (rule, layout) => FolderAt(rule, layout, token))])
        {
            Tokenizer = specification.Rules.Tokenizer is not null && places.Tokenizer is { } path
                && UnlinkedFile.KindOf(path) != FileKind.Absent
                    ? FileAt(path, "the tokenizer")
                    : null,
        };

    private static FoundFile FileAt(string path, string purpose) => UnlinkedFile.KindOf(path) switch
    {
        FileKind.Regular => new(Path.GetFileName(path), path, new FileInfo(path).Length),
        FileKind.Absent => throw new CliException(CliExit.Local, $"{path} does not exist; put {purpose} there"),
        FileKind.Link => throw new CliException(CliExit.Local, EntryFault.Link(path)),
        _ => throw new CliException(CliExit.Local, $"{path} is no regular file; put {purpose} there"),
    };

    private static FoundFolder FolderAt(FolderRule rule, FileLayout layout, CancellationToken token)
    {
        var parent = Path.GetDirectoryName(layout.Path) ?? layout.Path;
        var name = Path.GetFileName(layout.Path);
        if (UnlinkedFile.KindOf(layout.Path) == FileKind.Link)
            throw new CliException(CliExit.Local, EntryFault.Link(layout.Path));
        if (!Directory.Exists(layout.Path))
            throw new CliException(CliExit.Local, $"{layout.Path} is no folder; put the {rule.Key} there");
        var files = new LocalOrigin(parent).Entries(name, token)
            .Where(entry => entry.Kind != EntryKind.Folder && entry.Extension == layout.Extension).ToList();
        if (files.Where(entry => entry.Kind == EntryKind.Link).ToList() is [var link, ..])
            throw new CliException(CliExit.Local, EntryFault.Link(Path.Combine(layout.Path, link.Name)));
        return files.Count > 0
            ? new(layout.Folder, layout.Path, layout.Extension, files)
            : throw new CliException(
                CliExit.Local, $"{layout.Path} holds no {layout.Extension} files; put the {rule.Key} there");
    }
}
