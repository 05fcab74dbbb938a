using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks the extension of every file, and that it is a file. Notes folders below, which are unused.</summary>
internal sealed class FileTypeValidator(DatasetFolder data) : IFolderValidator
{
    private const string NotSearched = "Folders that are not searched, since the files of a data set lie side by side";

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.FileType);

    /// <inheritdoc/>
    public Task CheckAsync(Findings findings, CancellationToken cancellationToken) =>
        Task.Run(() => Check(findings, cancellationToken), cancellationToken);

    private void Check(Findings findings, CancellationToken cancellationToken)
    {
        var found = new FilesFindings();
        foreach (var layout in data.Layout)
        {
            var (count, others) = (0, found.Total);
            var pass = new FilesPass(layout, found) { RemarkOnFolders = NotSearched };
            foreach (var entry in pass.List(cancellationToken))
            {
                count++;
                if (Fault(layout, entry) is { } fault) found.Add(layout.Show(entry.Name), fault);
            }

            if (count == 0 && found.Total == others)
                found.Add(
                    FolderRule.KeyOf(layout.Folder),
                    $"{layout.Path} holds no files; put the {layout.Extension} files there");
        }

        found.Flush(findings);
    }

    private static string? Fault(FileLayout layout, FolderEntry entry)
    {
        var extension = Path.GetExtension(entry.Name);
        return entry.Kind == FileKind.Link ? "is a link; put the file itself there"
            : entry.Kind != FileKind.Regular ? "is no regular file; remove it"
            : extension == layout.Extension ? null
            : extension.Length == 0 ? $"has no extension; rename it to {layout.Extension}, or remove it"
            : $"has the extension {extension}, not {layout.Extension}; convert, rename or remove it"
                + (layout.Folder is FileFolder.Annotations or FileFolder.Masks
                    ? ""
                    : ", or set spec.file_options.extension");
    }
}
