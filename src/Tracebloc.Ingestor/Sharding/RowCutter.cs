using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>
/// Cuts rows into parts of about equal length while they are validated, and finds no fault. That pass reads every byte,
/// so it is sure which line ends are ends of records, and how many rows come before each.
/// </summary>
/// <param name="length">The bytes of the source.</param>
/// <param name="most">The most parts; fewer where rows are long.</param>
internal sealed class RowCutter(long length, int most) : IRowValidator
{
    private readonly List<Cut> _cuts = [];
    private long _rows;
    private long _next;

    public string Name => "Parts";

    public void Begin(RecordHeader header, Findings findings)
    {
    }

    public void Look(RecordBatch batch, Findings findings)
    {
        for (var row = 0; _cuts.Count < most && batch.Count > 0 && batch.OffsetOf(batch.Count - 1) >= _next;)
        {
            while (batch.OffsetOf(row) < _next) row++;
            var offset = batch.OffsetOf(row);
            _cuts.Add(new(offset, batch.LineOf(row), _rows + row));
            // A record may be longer than a part would be.
            _next = Math.Max(offset + 1, length * (offset * most / Math.Max(1, length) + 1) / most);
        }

        _rows += batch.Count;
    }

    public void End(Findings findings)
    {
    }

    /// <summary>The parts of a source that was read to its end.</summary>
    /// <param name="end">The bytes of the source.</param>
    public IReadOnlyList<RowPart> Parts(long end) =>
    [
        .. _cuts.Zip(_cuts.Skip(1).Append(new(end, 0, _rows)), (cut, next) => (cut, next)).Select((pair, number) =>
            new RowPart(
                number,
                pair.cut.Rows,
                pair.next.Rows - pair.cut.Rows,
                new SourceRange(pair.cut.Offset, pair.next.Offset, pair.cut.Line))),
    ];

    /// <param name="Offset">The bytes before the first record of a part.</param>
    /// <param name="Line">Its line.</param>
    /// <param name="Rows">The rows before it.</param>
    private sealed record Cut(long Offset, long Line, long Rows);
}
