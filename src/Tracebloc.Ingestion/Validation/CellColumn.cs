using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A column of the file with the reader of its values.</summary>
internal sealed class CellColumn
{
    private readonly byte[] _scratch = new byte[CellOutput.ScratchBytes];
    private readonly RecordHeader _header;

    public CellColumn(RecordHeader header, int place, string name, ValueReader reader) =>
        (_header, Place, Name, Reader) = (header, place, name, reader);

    /// <summary>The place of its cells in each record.</summary>
    public int Place { get; }

    /// <summary>The name in the specification.</summary>
    public string Name { get; }

    public ValueReader Reader { get; }

    /// <summary>An output for the cells of this column.</summary>
    public CellOutput NewOutput() => new(_scratch);

    /// <summary>Counts a fault of a cell, and describes it where it is one of the first.</summary>
    public void Add(Findings findings, RecordBatch batch, int row, string message)
    {
        if (findings.Count()) findings.Keep(Describe(batch, row, message));
    }

    /// <summary>The same for a fault that the reader explains.</summary>
    public void Add(Findings findings, RecordBatch batch, int row, CellFault fault)
    {
        if (findings.Count()) findings.Keep(Describe(batch, row, Explain(batch, row, fault)));
    }

    public Finding Describe(RecordBatch batch, int row, string message)
    {
        var place = batch.PlaceOf(row, Place);
        return new(_header.File, place.Line, place.Column, Name, message);
    }

    /// <summary>A fault of the column as a whole.</summary>
    public Finding Describe(string message) => new(_header.File, 0, 0, Name, message);

    private string Explain(RecordBatch batch, int row, CellFault fault) =>
        Reader.Explain(batch.CellAt(row, Place), fault);
}
