namespace Tracebloc.Ingestion.Validation;

/// <summary>The cells of a column that became NULL.</summary>
/// <param name="Column">The column.</param>
/// <param name="Words">The words that stood for NULL and their numbers, the most frequent first; none is 0.</param>
public sealed record ColumnNulls(string Column, IReadOnlyList<KeyValuePair<string, long>> Words)
{
    /// <summary>The number of all of them.</summary>
    public long Total => Words.Sum(word => word.Value);

    /// <summary><c>Column city: 214 cells became NULL ("NA" 200, "" 14)</c>.</summary>
    public override string ToString() =>
        $"Column {Column}: {Total:N0} {(Total == 1 ? "cell" : "cells")} became NULL "
        + $"({string.Join(", ", Words.Select(word => $"\"{word.Key}\" {word.Value:N0}"))})";
}
