namespace Tracebloc.Ingestion.Columns;

/// <summary>The result of reading a cell as a value of its column's type.</summary>
public enum CellVerdict
{
    /// <summary>A value of the type.</summary>
    Value,

    /// <summary>A missing value: an empty cell, or a word such as <c>NA</c>.</summary>
    Null,

    /// <summary>No value of the type.</summary>
    Fault,
}
