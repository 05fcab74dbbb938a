using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that no timestamp is before that of the row above it.</summary>
internal sealed class TimeOrderedValidator(Column column, NullWords nulls) : IRowValidator
{
    private readonly TimeFindings _found = new(nameof(ValidatorName.TimeOrdered));
    private CellColumn? _column;
    private (long DayFirst, long MonthFirst) _last = (-1, -1);

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.TimeOrdered);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) => _column = new TypedColumn(column, nulls).In(header);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { Reader: DateReader reader } time) return;
        var output = time.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            if (reader.Read(batch.CellAt(row, time.Place), ref output) != CellVerdict.Value) continue;
            var (day, month) = (reader.DayFirstTicks, reader.MonthFirstTicks);
            if (day < _last.DayFirst) Add(_found.DayFirst, time, batch, row);
            if (month < _last.MonthFirst) Add(_found.MonthFirst, time, batch, row);
            _last = (day, month);
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is { } time) _found.Flush(time.Reader, findings);
    }

    private static void Add(Findings findings, CellColumn time, RecordBatch batch, int row) =>
        time.Add(findings, batch, row, "is before the time of the row above it; sort the rows by time");
}
