using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that time never runs backwards within a sequence. Rows of several sequences may alternate.</summary>
internal sealed class SequenceOrderValidator(SequenceRows rows, Column column, NullWords nulls) : IRowValidator
{
    private readonly TimeFindings _found = new(nameof(ValidatorName.SequenceOrder));
    private readonly List<(ulong DayFirst, ulong MonthFirst)> _last = [];
    private CellColumn? _column;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.SequenceOrder);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) => _column = new TypedColumn(column, nulls).In(header);

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } time) return;
        var output = time.NewOutput();
        for (var row = 0; row < batch.Count; row++)
        {
            var verdict = time.Reader.Read(batch.CellAt(row, time.Place), ref output);
            if (verdict == CellVerdict.Null)
                time.Add(findings, batch, row, "is empty; give each row its time");
            if (verdict != CellVerdict.Value || rows.Of(batch, row) is not (>= 0 and var sequence)) continue;
            var now = Moments(time.Reader, output.Text);
            while (_last.Count <= sequence) _last.Add(default);
            if (now.DayFirst < _last[sequence].DayFirst) Add(_found.DayFirst, time, batch, row);
            if (now.MonthFirst < _last[sequence].MonthFirst) Add(_found.MonthFirst, time, batch, row);
            _last[sequence] = now;
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        if (_column is { } time) _found.Flush(time.Reader, findings);
    }

    private (ulong DayFirst, ulong MonthFirst) Moments(ValueReader reader, ReadOnlySpan<byte> text)
    {
        if (reader is DateReader dates) return ((ulong)dates.DayFirstTicks, (ulong)dates.MonthFirstTicks);
        var key = LabelKey.Of(column.Type, text);
        return (key, key);
    }

    private static void Add(Findings findings, CellColumn time, RecordBatch batch, int row) => time.Add(
        findings, batch, row, "is before the time of an earlier row of its sequence; sort each sequence by time");
}
