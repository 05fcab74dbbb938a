using Tracebloc.Cli.Looking;
using Tracebloc.Cli.Terminal;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Net.Files;

namespace Tracebloc.Cli.Describing;

/// <summary>Makes a specification of a data set that was found and of flags that are complete.</summary>
internal sealed class DescriptionBuilder(Screen screen, FoundData found, RecordHeader header)
{
    // The description has no file yet.
    private const string Written = "ingest.yaml";

    private CategoryRules Rules => found.Rules;

    /// <returns>A specification whose paths are relative to the data set's folder.</returns>
    /// <exception cref="CliException">Flags do not fit the data.</exception>
    /// <exception cref="ConfigurationException">The specification is wrong.</exception>
    public async Task<IngestSpecification> BuildAsync(DescriptionOptions options, CancellationToken token)
    {
        if (options.TimeColumn is { } time) CsvFile.Require("--time-column", header, time);
        var draft = new IngestSpecification
        {
            Category = Rules.Name,
            Table = options.Table ?? "",
            Intent = options.Intent ?? Intent.Train,
            Source = found.Rows.Name,
            Format = SourceFormat.Csv,
            Folders = Folders(),
            Label = options.LabelColumn is { } column ? Label(column, options.LabelPolicy) : null,
            Schema = Rules.NeedsSchema ? (await SchemaAsync(options, token)).Columns : [],
            TimeColumn = options.TimeColumn is { } named ? header.Names[header.Find(named)] : null,
            Files = await FilesAsync(options, token),
        };
        return Read(SpecificationYaml.Write(draft));
    }

    /// <summary>Reads a written specification back, as jobs-manager and the ingestor will.</summary>
    /// <exception cref="ConfigurationException">It is wrong.</exception>
    public static IngestSpecification Read(string yaml)
    {
        var errors = new ConfigurationErrors(Written);
        var specification = IngestDocument.Parse(yaml, errors);
        errors.ThrowIfAny();
        return specification ?? throw new InvalidOperationException($"{Written} has neither errors nor content");
    }

    private FileFolders Folders()
    {
        var keys = Rules.Folders.ToDictionary(rule => rule.Folder, rule => rule.Key);
        return new()
        {
            Images = keys.GetValueOrDefault(FileFolder.Images),
            Annotations = keys.GetValueOrDefault(FileFolder.Annotations),
            Masks = keys.GetValueOrDefault(FileFolder.Masks),
            Texts = keys.GetValueOrDefault(FileFolder.Texts),
            Sequences = keys.GetValueOrDefault(FileFolder.Sequences),
        };
    }

    // The exact values of a target leave the cluster only where their owner asks for it.
    private LabelSpecification Label(string column, LabelPolicy? policy) =>
        (policy ?? (Rules.Label == LabelRule.RequiredWithPolicy ? LabelPolicy.Bucket : LabelPolicy.Passthrough))
            is LabelPolicy.Bucket
            ? new(column, LabelPolicy.Bucket, new())
            : new(column, LabelPolicy.Passthrough, null);

    private async Task<InferredSchema> SchemaAsync(DescriptionOptions options, CancellationToken token)
    {
        using var progress = screen.Progress();
        var schema = await new SchemaInference(Rules, options).OfAsync(
            found.Rows,
            bytes => progress.Show(() =>
                $"Inferring types: {HumanSize.Of(bytes)} of {HumanSize.Of(found.Rows.Size)}"),
            token);
        foreach (var (name, type) in schema.Columns) screen.Detail($"Column \"{name}\": {type.Declared}");
        foreach (var remark in schema.Remarks) screen.Note(remark);
        return schema;
    }

    private async Task<Tracebloc.Ingestion.Specifications.FileOptions> FilesAsync(
        DescriptionOptions options, CancellationToken token) => new()
        {
            Extension = found.Extension,
            TargetSize = Rules.HasImages ? options.TargetSize ?? SizeOfFirst() : null,
            MinSize = options.MinSize,
            NumberOfKeypoints = Rules.AnnotationColumn is { } column
                ? options.NumberOfKeypoints ?? await KeypointsAsync(column, token)
                : null,
        };

    private ImageSize? SizeOfFirst()
    {
        var (folder, first) = (found.Folders[0], found.Folders[0].Files[0]);
        using var file = UnlinkedFile.Open(Path.Combine(folder.Path, first.Name));
        if (ImageHeader.Read(file, out var fault) is { } size) return size;
        var remark = $"{FolderRule.KeyOf(folder.Folder)}/{first.Name} {fault}";
        if (Rules.HasKeypoints)
            throw new CliException(CliExit.Local, $"{remark}; or give --target-size, which {Rules.Name} needs");
        screen.Note($"The size of images was not detected: {remark}");
        return null;
    }

    private async Task<int> KeypointsAsync(string column, CancellationToken token) =>
        await CsvFile.FirstCellAsync(found.Rows, column, token) is { } cell && Keypoints.CountOf(cell) is { } count
            ? count
            : throw new CliException(
                CliExit.Usage,
                $"--number-of-keypoints is missing, and the first row of {found.Rows.Name} has no keypoints in the "
                + $"column {column}; give the number");
}
