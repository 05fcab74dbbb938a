using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Reads every value of the declared columns by its type, as the loader does.</summary>
/// <param name="columns">The columns, without those of another validator.</param>
/// <param name="nulls">The words that stand for a missing value.</param>
internal sealed class DataValidator(IReadOnlyList<Column> columns, NullWords nulls) : IMergeable
{
    // Values of one type are read fast one after the other; so many rows stay in the nearest cache meanwhile.
    private const int BlockRows = 64;

    private readonly List<DataColumn> _columns = [];
    private readonly List<DataColumn.Fault> _faults = [];

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.Data);

    /// <summary>The columns whose days and months are in an order that the rows have shown.</summary>
    public IEnumerable<KeyValuePair<string, DateOrder>> DateOrders =>
        from column in _columns
        where column.Cells.Reader is DateReader
        select KeyValuePair.Create(column.Cells.Name, ((DateReader)column.Cells.Reader).Order);

    /// <summary>The cells that became NULL, by column.</summary>
    public IEnumerable<ColumnNulls> Nulls => _columns.Select(column => column.Nulls.Report()).OfType<ColumnNulls>();

    /// <summary>The values that lost blanks around them, by column.</summary>
    public IEnumerable<TrimmedCells> Trimmed => _columns.Select(column => column.Trimmed).OfType<TrimmedCells>();

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings)
    {
        foreach (var column in columns)
        {
            var place = HeaderColumns.Require(header, column.Name, findings);
            if (place < 0) continue;
            _columns.Add(new(
                new(new(header, place, column.Name), ValueReader.For(column.Type, nulls)),
                new(column.Name, nulls)));
        }
    }

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        _faults.Clear();
        long count = 0;
        for (var first = 0; first < batch.Count; first += BlockRows)
        {
            // Faults of later rows are not described once there are enough.
            var faults = findings.Total + _faults.Count < Findings.Kept ? _faults : null;
            foreach (var column in _columns)
                count += column.Look(batch, first, Math.Min(batch.Count, first + BlockRows), faults);
        }

        if (count == 0) return;
        foreach (var fault in _faults.OrderBy(each => each.Row).ThenBy(each => each.Column.Place))
            fault.Column.Add(findings, batch, fault.Row, fault.What);
        findings.AddUnnamed(count - _faults.Count);
    }

    /// <inheritdoc/>
    public void Save(StateWriter to)
    {
        foreach (var column in _columns) column.Save(to);
    }

    /// <inheritdoc/>
    public bool TryMerge(StateReader from) => _columns.TrueForAll(column => column.TryMerge(from));

    /// <inheritdoc/>
    public void End(Findings findings)
    {
        foreach (var column in _columns) column.End(findings);
    }
}
