using System.Text;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Remembers the first date of a column that is two days, one in each order of day and month.</summary>
internal sealed class AmbiguousDate(CellColumn column)
{
    private readonly DateReader? _reader = column.Reader as DateReader;
    private Finding? _first;

    /// <summary>Looks at the cell that was read last.</summary>
    public void Look(RecordBatch batch, int row)
    {
        if (_first is not null || _reader is not { IsAmbiguous: true }) return;
        var cell = Line.Of(Encoding.UTF8.GetString(Blanks.Trim(batch[row, column.Place])), 40);
        _first = column.Describe(
            batch,
            row,
            $"\"{cell}\" may be day and month in either order, and so may all dates of the column; write YYYY-MM-DD");
    }

    public void Save(StateWriter to)
    {
        to.Write((long)(_reader?.Order ?? DateOrder.Unknown));
        to.Write(_first);
    }

    public bool TryMerge(StateReader from)
    {
        var (order, first) = ((DateOrder)from.Number(), from.Finding());
        _first ??= first;
        return _reader is null || _reader.TryMerge(order);
    }

    /// <summary>Adds a fault where no later row has shown the order.</summary>
    public void End(Findings findings)
    {
        if (_first is not null && _reader is { Order: DateOrder.Unknown }) findings.Add(_first);
    }
}
