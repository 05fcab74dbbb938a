using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The sequence of each row, shared by the validators of sequences.</summary>
internal sealed class SequenceRows(Column column, NullWords nulls, int most = SequenceTable.Most)
{
    private readonly SequenceTable _sequences = new(most);

    /// <summary>The column of the ids; null where the file has none.</summary>
    public CellColumn? Column { get; private set; }

    /// <summary>The number of sequences.</summary>
    public int Count => _sequences.Count;

    /// <summary>Finds the column of the ids.</summary>
    public void Begin(RecordHeader header) => Column = new TypedColumn(column, nulls).In(header);

    /// <summary>The number of a row's sequence.</summary>
    /// <returns>-1 for a row without a valid id, and beyond the number of sequences that fit.</returns>
    public int Of(RecordBatch batch, int row)
    {
        if (Column is not { } ids) return -1;
        var output = ids.NewOutput();
        var verdict = ids.Reader.Read(batch.CellAt(row, ids.Place), ref output);
        return verdict == CellVerdict.Value ? _sequences.IndexOf(output.Text) : -1;
    }
}
