using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that no timestamp is before that of the row above it.</summary>
internal sealed class TimeOrderedValidator(Column column, NullWords nulls) : IMergeable
{
    private const string Message = "is before the time of the row above it; sort the rows by time";

    private readonly TimeFindings _found = new(nameof(ValidatorName.TimeOrdered));
    private CellColumn? _column;
    private (long DayFirst, long MonthFirst) _first = (-1, -1);
    private (long DayFirst, long MonthFirst) _last = (-1, -1);
    private Finding? _ofFirst;

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
            if (_ofFirst is null) (_first, _ofFirst) = ((day, month), time.Describe(batch, row, Message));
            if (day < _last.DayFirst) Add(_found.DayFirst, time, batch, row);
            if (month < _last.MonthFirst) Add(_found.MonthFirst, time, batch, row);
            _last = (day, month);
        }
    }

    /// <inheritdoc/>
    public void Save(StateWriter to)
    {
        to.Write(_ofFirst);
        foreach (var each in (long[])[_first.DayFirst, _first.MonthFirst, _last.DayFirst, _last.MonthFirst])
            to.Write(each);
        _found.Save(to, _column?.Reader);
    }

    /// <inheritdoc/>
    public bool TryMerge(StateReader from)
    {
        var ofFirst = from.Finding();
        var (first, last) = ((from.Number(), from.Number()), (from.Number(), from.Number()));
        if (ofFirst is null) return _found.TryMerge(from, _column?.Reader);
        // The row above a slice's first one is in the slice before.
        if (first.Item1 < _last.DayFirst) _found.DayFirst.Add(ofFirst);
        if (first.Item2 < _last.MonthFirst) _found.MonthFirst.Add(ofFirst);
        _last = last;
        return _found.TryMerge(from, _column?.Reader);
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is { } time) _found.Flush(time.Reader, findings);
    }

    private static void Add(Findings findings, CellColumn time, RecordBatch batch, int row) =>
        time.Add(findings, batch, row, Message);
}
