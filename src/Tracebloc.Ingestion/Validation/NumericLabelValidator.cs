using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that a label which is cut into bins is a number, and cuts it.</summary>
/// <param name="column">The label's name and type.</param>
/// <param name="nulls">The words that stand for a missing value.</param>
/// <param name="options">The bins.</param>
/// <param name="scratch">The folder of the scratch file.</param>
internal sealed class NumericLabelValidator(Column column, NullWords nulls, BucketOptions options, string scratch)
    : IMergeable, IKeyed, IDisposable
{
    private CellColumn? _column;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.NumericLabel);

    /// <inheritdoc/>
    public KeySorter Keys { get; } = new(scratch);

    /// <summary>The bins; null before the end.</summary>
    public BinBoundaries? Boundaries { get; private set; }

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        if (column.Type.IsNumeric)
            _column = new TypedColumn(column, nulls).In(header);
        else
            findings.Add(new(
                header.File, 0, 0, column.Name, $"is {column.Type.Declared}, and bins need numbers; declare DOUBLE"));
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } label) return;
        var output = label.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            // A faulty value is reported by the validator of all values.
            if (label.Reader.Read(batch.CellAt(row, label.Place), ref output) == CellVerdict.Value)
                Keys.Add(LabelKey.Of(column.Type, output.Text));
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is null) return;
        var isInteger = column.Type.Base <= SqlBase.BigInt;
        Boundaries = QuantileBins.Cut(Keys.Sorted(), Keys.Count, options, isInteger);
        if (Boundaries.Remark is { } remark) findings.Note($"Column {column.Name}: {remark}");
    }

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();
}
