using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A column whose every value is read by its type.</summary>
internal sealed record DataColumn(CellColumn Cells, NullCounter Nulls)
{
    private readonly AmbiguousDate? _ambiguous = Cells.Reader is DateReader ? new(Cells) : null;

    private long _trimmed;

    /// <summary>The values that lost blanks around them; null where none did.</summary>
    public TrimmedCells? Trimmed => _trimmed == 0 ? null : new(Cells.Name, _trimmed);

    /// <summary>Reads the column's cells of some records.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="end">The one behind the last of them.</param>
    /// <param name="faults">Takes the first faults; null to count them alone.</param>
    /// <returns>The number of all faults.</returns>
    public long Look(RecordBatch batch, int first, int end, List<Fault>? faults)
    {
        var output = Cells.NewOutput();
        var (reader, place) = (Cells.Reader, Cells.Place);
        long count = 0;
        for (var row = first; row < end; row++)
        {
            var cell = batch.CellAt(row, place);
            var verdict = reader.Read(cell, ref output);
            if (verdict == CellVerdict.Value)
            {
                if (Blanks.Surround(cell.Text)) _trimmed++;
                _ambiguous?.Look(batch, row);
            }
            else if (verdict == CellVerdict.Null)
                Nulls.Add(output.NullWord);
            else if (count++ < Findings.Kept)
                faults?.Add(new(row, Cells, output.Fault));
        }

        return count;
    }

    public void Save(StateWriter to)
    {
        Nulls.Save(to);
        to.Write(_trimmed);
        _ambiguous?.Save(to);
    }

    public bool TryMerge(StateReader from)
    {
        Nulls.Merge(from);
        _trimmed += from.Number();
        return _ambiguous?.TryMerge(from) ?? true;
    }

    public void End(Findings findings) => _ambiguous?.End(findings);

    /// <summary>A faulty cell.</summary>
    public sealed record Fault(int Row, CellColumn Column, CellFault What);
}
