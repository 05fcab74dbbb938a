namespace Tracebloc.Database;

/// <summary>The table and columns that chunks are loaded into.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Columns">The columns of a chunk's fields, in their order.</param>
/// <param name="Constants">Columns that have the same text in every row; null for NULL.</param>
public sealed record LoadTarget(
    string Table, IReadOnlyList<string> Columns, IReadOnlyList<KeyValuePair<string, string?>> Constants);
