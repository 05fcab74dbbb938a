using System.Text;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every row names files that are there, and collects them.</summary>
internal sealed class FilesExistValidator(DatasetFolder data, CategoryRules rules) : IRowValidator
{
    private const string FileColumn = "filename", MaskColumn = "mask_id";

    private readonly IReadOnlyList<(FileLayout Layout, NameTable Names)> _folders =
        [.. data.Layout.Select(layout => (layout, new NameTable()))];

    private FoundColumn? _column;
    private FoundColumn? _mask;
    private bool _isBroken;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.FilesExist);

    /// <summary>The files that the rows named so far.</summary>
    public FileManifest Manifest => new(_folders);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        _column = FoundColumn.Require(header, FileColumn, "the name of each row's file", findings);
        _mask = rules.HasMaskColumn && header.IndexOf(MaskColumn) is >= 0 and var place
            ? new(header, place, MaskColumn)
            : null;
        var found = new FilesFindings();
        foreach (var (layout, names) in _folders)
        {
            var pass = new FilesPass(layout, found);
            foreach (var entry in pass.List(CancellationToken.None))
                if (entry.Kind == FileKind.Regular && !names.Add(entry.Name))
                    found.Add(layout.Show(entry.Name), "has the name of another file but for its case; rename one");
            _isBroken |= pass.IsBroken;
        }

        found.Flush(findings);
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } column || _isBroken) return;
        for (var row = 0; row < batch.Count; row++)
            if (LookFor(new(batch, row, column), 0, findings) is { } name && _folders.Count > 1)
                LookForCounterpart(new(batch, row, column), name, findings);
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is null || _isBroken) return;
        foreach (var (layout, names) in _folders)
            if (names.Marked < names.Count)
                findings.Note($"{names.Count - names.Marked:N0} of {names.Count:N0} files in "
                    + $"{FolderRule.KeyOf(layout.Folder)} are named by no row and are not ingested");
    }

    private void LookForCounterpart(NameCell cell, ManifestName name, Findings findings)
    {
        if (_mask is { } mask && !Blanks.Trim(cell.Batch[cell.Row, mask.Place]).IsEmpty)
            LookFor(cell with { Column = mask }, 1, findings);
        else
            Mark(cell, 1, name.Stem + rules.Pairing?.Suffix + _folders[1].Layout.Extension, findings);
    }

    /// <returns>The name that a cell holds; null where it is none.</returns>
    private ManifestName? LookFor(NameCell cell, int folder, Findings findings)
    {
        var text = Encoding.UTF8.GetString(Blanks.Trim(cell.Batch[cell.Row, cell.Column.Place]));
        var extension = _folders[folder].Layout.Extension;
        if (!ManifestName.TryParse(text, extension, out var name, out var error))
        {
            cell.Add(findings, error);
            return null;
        }

        // A mask may be named with another extension, or with none.
        Mark(cell, folder, folder == 0 ? name.File : name.Stem + extension, findings);
        return name;
    }

    private void Mark(NameCell cell, int folder, string file, Findings findings)
    {
        var (layout, names) = _folders[folder];
        var match = names.Mark(file);
        if (match == NameMatch.Absent)
            cell.Add(findings, $"{layout.Show(file)} does not exist; add it, or correct the row");
        else if (match == NameMatch.OtherCase)
            cell.Add(findings, $"{layout.Show(file)} exists in other case alone; rename one");
    }

    /// <summary>The cell that names a file.</summary>
    private readonly record struct NameCell(RecordBatch Batch, int Row, FoundColumn Column)
    {
        public void Add(Findings findings, string fault) => Column.Add(findings, Batch, Row, fault);
    }
}
