using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The one column that a validator is about.</summary>
/// <param name="column">Its name and type.</param>
/// <param name="nulls">The words that stand for a missing value.</param>
internal sealed class TypedColumn(Column column, NullWords nulls)
{
    /// <summary>Finds the column. A missing one is a fault of another validator.</summary>
    public CellColumn? In(RecordHeader header) =>
        header.Find(column.Name) is >= 0 and var place ? At(header, place) : null;

    /// <summary>Finds the column; a missing one is a fault.</summary>
    public CellColumn? Require(RecordHeader header, Findings findings) =>
        HeaderColumns.Require(header, column.Name, findings) is >= 0 and var place ? At(header, place) : null;

    private CellColumn At(RecordHeader header, int place) =>
        new(new(header, place, column.Name), ValueReader.For(column.Type, nulls));
}
