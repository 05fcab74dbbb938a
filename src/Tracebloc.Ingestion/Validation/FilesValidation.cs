using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The validators of a data set's files, and of the columns that go with them.</summary>
public sealed class FilesValidation
{
    private FilesValidation(IReadOnlyList<IFolderValidator> folders, IReadOnlyList<IRowValidator> rows) =>
        (Folders, Rows) = (folders, rows);

    /// <summary>The validators that look at folders, in the order of the report.</summary>
    public IReadOnlyList<IFolderValidator> Folders { get; }

    /// <summary>The validators that look at records, in the order of the report.</summary>
    public IReadOnlyList<IRowValidator> Rows { get; }

    /// <summary>The files that the rows name: complete once the validators have seen all records.</summary>
    public FileManifest Manifest =>
        Rows.OfType<FilesExistValidator>().FirstOrDefault()?.Manifest ?? FileManifest.Empty;

    /// <summary>The validators of a data set; none where rows are everything.</summary>
    /// <param name="specification">The specification.</param>
    /// <param name="data">The places of its files.</param>
    public static FilesValidation Of(IngestSpecification specification, DatasetFolder data)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(data);
        var names = specification.Rules.Validators;
        return new(
            [.. names.Select(name => OfFolder(name, specification, data)).OfType<IFolderValidator>()],
            [.. names.Select(name => OfRow(name, specification, data)).OfType<IRowValidator>()]);
    }

    /// <summary>True where files are looked into one by one, so that several pods can share them.</summary>
    public bool HasShares => Folders.Any(folder => folder is IShareable);

    /// <summary>Looks into a share of the files.</summary>
    /// <returns>Everything about them, for <see cref="Merge"/>.</returns>
    public async Task<byte[]> LookAsync(FilesShare share, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(share);
        var to = new StateWriter();
        foreach (var folder in Folders.OfType<IShareable>())
        {
            var found = new FilesFindings();
            await folder.LookAsync(share, found, cancellationToken);
            found.Save(to);
        }

        return to.Bytes;
    }

    /// <summary>These validators, of which some are done: shares of the files were looked into.</summary>
    /// <param name="shares">Everything about each of them, in any order.</param>
    /// <returns>Null where a folder could not be listed: then the files are looked into at once.</returns>
    /// <exception cref="InvalidDataException">Another version looked into a share.</exception>
    public FilesValidation? Merge(IEnumerable<byte[]> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var done = Folders.OfType<IShareable>().Select(folder => (Folder: (IFolderValidator)folder,
            Found: new FilesFindings())).ToList();
        foreach (var share in shares)
        {
            var from = new StateReader(share, lines: 0);
            foreach (var (_, found) in done) found.Merge(from);
        }

        if (done.Exists(each => each.Found.IsBroken)) return null;
        return new(
            [
                .. Folders.Select(folder => done.Find(each => each.Folder == folder).Found is { } found
                    ? new MergedFiles(folder.Name, found) : folder),
            ],
            Rows);
    }

    private static IFolderValidator? OfFolder(
        ValidatorName name, IngestSpecification specification, DatasetFolder data) => (name, specification.Rules) switch
        {
            (ValidatorName.FileType, _) => new FileTypeValidator(data),
            (ValidatorName.ImageResolution, _) => new ImageResolutionValidator(data, specification.Files),
            (ValidatorName.PascalVoc, _) => new PascalVocValidator(data.Layout[1]),
            (ValidatorName.FilePairing, { Pairing: { } pairing }) =>
                new FilePairingValidator(data.Layout[0], data.Layout[1], pairing),
            (ValidatorName.RecordShape, { Fields: { } fields }) => new RecordShapeValidator(data.Layout[0], fields),
            (ValidatorName.Tokenizer, { Tokenizer: { } tokenizer }) when data.Tokenizer is { } path =>
                new TokenizerValidator(path, tokenizer),
            _ => null,
        };

    private static IRowValidator? OfRow(
        ValidatorName name, IngestSpecification specification, DatasetFolder data) => (name, specification.Rules) switch
        {
            (ValidatorName.FilesExist, var rules) => new FilesExistValidator(data, rules),
            (ValidatorName.BioLabel, _) when specification.Label is { } label => new BioLabelValidator(label.Column),
            (ValidatorName.KeypointAnnotation, { AnnotationColumn: { } column }) =>
                new KeypointAnnotationValidator(column, specification.Files.NumberOfKeypoints),
            (ValidatorName.KeypointVisibility, { VisibilityColumn: { } column, AnnotationColumn: { } annotation }) =>
                new KeypointVisibilityValidator(column, annotation),
            _ => null,
        };
}
