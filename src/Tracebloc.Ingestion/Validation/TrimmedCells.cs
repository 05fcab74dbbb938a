namespace Tracebloc.Ingestion.Validation;

/// <summary>The values of a column that lost blanks around them.</summary>
/// <param name="Column">The column.</param>
/// <param name="Count">The number of values, at least 1.</param>
public sealed record TrimmedCells(string Column, long Count)
{
    /// <summary><c>Column city: 3 values lost the blanks around them</c>.</summary>
    public override string ToString() =>
        $"Column {Column}: {Count:N0} "
        + (Count == 1 ? "value lost the blanks around it" : "values lost the blanks around them");
}
