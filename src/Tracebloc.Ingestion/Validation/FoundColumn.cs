using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A column of the file.</summary>
/// <param name="Header">All columns of the file.</param>
/// <param name="Place">The place of its cells in each record.</param>
/// <param name="Name">The name in the specification.</param>
internal sealed record FoundColumn(RecordHeader Header, int Place, string Name)
{
    /// <summary>Finds a column that a category names exactly.</summary>
    /// <param name="header">The columns of the file.</param>
    /// <param name="name">The exact name.</param>
    /// <param name="purpose">The content of the column: <c>the file of each row</c>.</param>
    /// <param name="findings">Receives the fault where the column is missing.</param>
    public static FoundColumn? Require(RecordHeader header, string name, string purpose, Findings findings)
    {
        if (header.IndexOf(name) is >= 0 and var place) return new(header, place, name);
        var remedy = Suggestion.For(name, header.Names) is { } meant
            ? $"rename {meant} to {name}"
            : $"add it, with {purpose}";
        findings.Add(new(header.File, header.Line, 0, null, $"has no column {name}; {remedy}"));
        return null;
    }

    /// <summary>Counts a fault of a cell, and describes it where it is one of the first.</summary>
    public void Add(Findings findings, RecordBatch batch, int row, string message)
    {
        if (findings.Count()) findings.Keep(Describe(batch, row, message));
    }

    /// <summary>Describes a fault of a cell.</summary>
    public Finding Describe(RecordBatch batch, int row, string message)
    {
        var place = batch.PlaceOf(row, Place);
        return new(Header.File, place.Line, place.Column, Name, message);
    }
}
