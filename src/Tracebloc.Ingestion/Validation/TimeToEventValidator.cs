using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that survival times are numbers of at least 0.</summary>
/// <param name="column">The column's name and declared type.</param>
/// <param name="nulls">The words that stand for a missing value.</param>
/// <param name="isDeclared">True where <see cref="DataValidator"/> reports values that are no numbers.</param>
internal sealed class TimeToEventValidator(Column column, NullWords nulls, bool isDeclared) : IMergeable
{
    private readonly ulong _zero = column.Type.IsNumeric ? LabelKey.Of(column.Type, "0"u8) : 0;
    private CellColumn? _column;
    private long _missing;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.TimeToEvent);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        var typed = new TypedColumn(column, nulls);
        if (!column.Type.IsNumeric)
        {
            findings.Add(new(
                header.File, 0, 0, column.Name,
                $"is {column.Type.Declared}, and a survival time is a number; declare INT or DOUBLE"));
        }
        else
        {
            _column = isDeclared ? typed.In(header) : typed.Require(header, findings);
        }
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } time) return;
        var output = time.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            var verdict = time.Reader.Read(batch.CellAt(row, time.Place), ref output);
            if (verdict == CellVerdict.Null)
                _missing++;
            else if (verdict == CellVerdict.Fault && !isDeclared)
                time.Add(findings, batch, row, output.Fault);
            else if (verdict == CellVerdict.Value && LabelKey.Of(column.Type, output.Text) < _zero)
                time.Add(findings, batch, row, "is negative; a survival time is at least 0");
        }
    }

    /// <inheritdoc/>
    public void Save(StateWriter to) => to.Write(_missing);

    /// <inheritdoc/>
    public bool TryMerge(StateReader from)
    {
        _missing += from.Number();
        return true;
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_missing > 0) findings.Note($"Column {column.Name}: {_missing:N0} rows have no survival time");
    }
}
