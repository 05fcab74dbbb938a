using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that the label's column is there, has values, and fits the column that stores it.</summary>
/// <param name="column">The label's name and type.</param>
/// <param name="nulls">The words that stand for a missing value.</param>
/// <param name="isClass">True where the label is one of some classes.</param>
/// <param name="isDeclared">True where <see cref="DataValidator"/> reports its faulty values.</param>
internal sealed class LabelValidator(Column column, NullWords nulls, bool isClass, bool isDeclared) : IMergeable
{
    private const int MostCharacters = 255;

    private readonly NullCounter _nulls = new(column.Name, nulls);
    private RecordHeader _header = new("", []);
    private CellColumn? _column;
    private byte[]? _first;
    private bool _hasOther;
    private long _rows;
    private long _trimmed;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.Label);

    /// <summary>The missing labels; null where none is missing, or the schema declares the column.</summary>
    public ColumnNulls? Nulls => isDeclared ? null : _nulls.Report();

    /// <summary>The labels that lost blanks around them; null as <see cref="Nulls"/> is.</summary>
    public TrimmedCells? Trimmed => isDeclared || _trimmed == 0 ? null : new(column.Name, _trimmed);

    // The values of a declared number are of no interest any more.
    private bool IsKnown =>
        isDeclared && column.Type.IsNumeric && _first is not null && (!isClass || _hasOther);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        _header = header;
        var typed = new TypedColumn(column, nulls);
        _column = isDeclared ? typed.In(header) : typed.Require(header, findings);
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } label) return;
        _rows += batch.Count;
        if (IsKnown) return;
        var output = label.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            var cell = batch.CellAt(row, label.Place);
            var verdict = label.Reader.Read(cell, ref output);
            if (verdict == CellVerdict.Null)
                _nulls.Add(output.NullWord);
            else if (verdict == CellVerdict.Value)
                Look(label, batch, row, output.Text, findings);
            else if (!isDeclared)
                label.Add(findings, batch, row, output.Fault);
            if (verdict == CellVerdict.Value && Blanks.Surround(cell.Text)) _trimmed++;
        }
    }

    /// <inheritdoc/>
    public void Save(StateWriter to)
    {
        _nulls.Save(to);
        to.Write(_trimmed);
        to.Write(_rows);
        to.Write(_first);
        to.Write(_hasOther);
    }

    /// <inheritdoc/>
    public bool TryMerge(StateReader from)
    {
        _nulls.Merge(from);
        _trimmed += from.Number();
        _rows += from.Number();
        var (first, hasOther) = (from.Bytes(), from.Flag());
        _hasOther |= hasOther || (_first is not null && first is not null && !_first.AsSpan().SequenceEqual(first));
        _first ??= first;
        return true;
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is null || _rows == 0) return;
        if (_first is null && findings.Total == 0)
            findings.Add(new(_header.File, 0, 0, column.Name, "no row has a label; fill the column"));
        else if (isClass && !_hasOther && findings.Total == 0)
            findings.Note($"Column {column.Name}: all labels are equal; a classification needs at least two classes");
    }

    private void Look(
        CellColumn label, RecordBatch batch, int row, ReadOnlySpan<byte> text, Findings findings)
    {
        // Any label but a text of any length is stored with at most 255 characters.
        if (text.Length > MostCharacters && column.Type.Base != SqlBase.Text
            && Columns.TextReader.CodePoints(text) > MostCharacters)
        {
            label.Add(findings, batch, row, $"has more than {MostCharacters} characters; shorten the label");
        }

        if (_first is null) _first = text.ToArray();
        else if (!_hasOther) _hasOther = !text.SequenceEqual(_first);
    }
}
