using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A column of the file with the reader of its values.</summary>
internal sealed class CellColumn(FoundColumn column, ValueReader reader)
{
    private readonly byte[] _scratch = new byte[CellOutput.ScratchBytes];

    /// <summary>The place of its cells in each record.</summary>
    public int Place => column.Place;

    /// <summary>The name in the specification.</summary>
    public string Name => column.Name;

    public ValueReader Reader => reader;

    /// <summary>An output for the cells of this column.</summary>
    public CellOutput NewOutput() => new(_scratch);

    /// <summary>Counts a fault of a cell, and describes it where it is one of the first.</summary>
    public void Add(Findings findings, RecordBatch batch, int row, string message) =>
        column.Add(findings, batch, row, message);

    /// <summary>The same for a fault that the reader explains.</summary>
    public void Add(Findings findings, RecordBatch batch, int row, CellFault fault)
    {
        if (findings.Count()) findings.Keep(Describe(batch, row, Explain(batch, row, fault)));
    }

    public Finding Describe(RecordBatch batch, int row, string message) => column.Describe(batch, row, message);

    /// <summary>A fault of the column as a whole.</summary>
    public Finding Describe(string message) => new(column.Header.File, 0, 0, Name, message);

    private string Explain(RecordBatch batch, int row, CellFault fault) =>
        Reader.Explain(batch.CellAt(row, Place), fault);
}
