using System.Globalization;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every timestamp is before today, in UTC.</summary>
internal sealed class TimeBeforeTodayValidator(Column column, NullWords nulls, TimeProvider time) : IMergeable
{
    private readonly TimeFindings _found = new(nameof(ValidatorName.TimeBeforeToday));
    private readonly DateTime _today = time.GetUtcNow().UtcDateTime.Date;
    private CellColumn? _column;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.TimeBeforeToday);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) => _column = new TypedColumn(column, nulls).In(header);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { Reader: DateReader reader } times) return;
        var output = times.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            if (reader.Read(batch.CellAt(row, times.Place), ref output) != CellVerdict.Value) continue;
            if (reader.DayFirstTicks >= _today.Ticks) Add(_found.DayFirst, times, batch, row);
            if (reader.MonthFirstTicks >= _today.Ticks) Add(_found.MonthFirst, times, batch, row);
        }
    }

    /// <inheritdoc/>
    public void Save(StateWriter to) => _found.Save(to, _column?.Reader);

    /// <inheritdoc/>
    public bool TryMerge(StateReader from) => _found.TryMerge(from, _column?.Reader);

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is { } times) _found.Flush(times.Reader, findings);
    }

    private void Add(Findings findings, CellColumn times, RecordBatch batch, int row)
    {
        var today = _today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        times.Add(findings, batch, row, $"is not before today, {today}; remove rows of the future");
    }
}
