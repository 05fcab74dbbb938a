using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every row has a timestamp, and that it can be read in one way only.</summary>
internal sealed class TimeFormatValidator(Column column, NullWords nulls) : IMergeable
{
    private CellColumn? _column;
    private AmbiguousDate? _ambiguous;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.TimeFormat);

    /// <summary>The order of day and month that the rows have shown.</summary>
    public KeyValuePair<string, DateOrder>? Order =>
        _column is { Reader: DateReader reader } ? new(column.Name, reader.Order) : null;

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        _column = new TypedColumn(column, nulls).Require(header, findings);
        if (_column is not null) _ambiguous = new(_column);
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } time) return;
        var output = time.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            var verdict = time.Reader.Read(batch.CellAt(row, time.Place), ref output);
            if (verdict == CellVerdict.Fault)
                time.Add(findings, batch, row, output.Fault);
            else if (verdict == CellVerdict.Null)
                time.Add(findings, batch, row, "is empty; give each row its time");
            else
                _ambiguous?.Look(batch, row);
        }
    }

    /// <inheritdoc/>
    public void Save(StateWriter to) => _ambiguous?.Save(to);

    /// <inheritdoc/>
    public bool TryMerge(StateReader from) => _ambiguous?.TryMerge(from) ?? true;

    /// <inheritdoc/>
    public void End(Findings findings) => _ambiguous?.End(findings);
}
