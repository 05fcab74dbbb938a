namespace Tracebloc.MetadataSync.Schema;

/// <summary>The reasons for which a table that is there cannot be taken over.</summary>
internal static class TableFaults
{
    private const string Remedy = "rename it, or use another database";

    /// <param name="needed">The table that is needed.</param>
    /// <param name="found">The table of that name.</param>
    /// <param name="isIndexed">True for columns that are filled from the JSON, and so may be made anew.</param>
    public static IReadOnlyList<string> Of(TableShape needed, FoundTable found, Func<string, bool> isIndexed) =>
    [
        .. Whole(needed, found),
        .. needed.Columns
            .Select(column => Of(needed.Name, column, found.Find(column.Name), isIndexed)).OfType<string>(),
        .. from column in found.Columns
           where !column.HasDefault && needed.Columns.All(one => one.Name != column.Name)
           select $"column {column.Name} of table {needed.Name} has no default, and no row could be written; give it "
               + "a default, or drop it",
    ];

    private static IEnumerable<string> Whole(TableShape needed, FoundTable found)
    {
        if (!string.Equals(found.Engine, "InnoDB", StringComparison.OrdinalIgnoreCase))
            yield return found.Engine.Length == 0
                ? $"{needed.Name} is no table; {Remedy}"
                : $"table {needed.Name} has engine {found.Engine}, which has no transactions; convert it to InnoDB";
        if (needed.Keys.FirstOrDefault(key => key.IsPrimary) is { } primary && !found.Keys.Any(key => key.Is(primary)))
            yield return $"table {needed.Name} has no primary key ({string.Join(", ", primary.Columns)}), so it is not "
                + $"of metadata-sync; {Remedy}";
    }

    private static string? Of(string table, ColumnShape needed, FoundColumn? found, Func<string, bool> isIndexed)
    {
        if (isIndexed(needed.Name)) return null;
        if (found is null)
            return needed.IsNullable ? null
                : $"table {table} has no column {needed.Name}, so it is not of metadata-sync; {Remedy}";
        return ColumnFit.Of(needed, found).IsConverted
            ? $"column {needed.Name} of table {table} is {found.Type}, and {needed.Type} is needed; {Remedy}"
            : null;
    }
}
