using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The changes of one table.</summary>
internal sealed class TablePlan
{
    private readonly TableShape _needed;
    private readonly string _algorithm;
    private readonly Kind? _kind;
    private readonly List<SchemaChange> _changes = [];

    private TablePlan(TableShape needed, string algorithm, Kind? kind) =>
        (_needed, _algorithm, _kind) = (needed, algorithm, kind);

    public IReadOnlyList<SchemaChange> Changes => _changes;

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>The columns that are added to rows, or lose their values.</summary>
    public IReadOnlyList<string> Filled { get; private set; } = [];

    /// <param name="needed">The table.</param>
    /// <param name="found">The table that is there; null where there is none.</param>
    /// <param name="algorithm">The end of a statement that adds columns.</param>
    /// <param name="kind">The kind of the table; null for the program's own.</param>
    public static TablePlan Of(TableShape needed, FoundTable? found, string algorithm, Kind? kind = null)
    {
        var plan = new TablePlan(needed, algorithm, kind);
        if (found is null)
            plan.Add("create", needed.CreateSql);
        else if (TableFaults.Of(needed, found, plan.IsIndexed) is [_, ..] faults)
            plan.Faults = faults;
        else
            plan.Evolve(found);
        return plan;
    }

    private void Evolve(FoundTable found)
    {
        ColumnShape[] missing = [.. _needed.Columns.Where(column => found.Find(column.Name) is null)];
        ColumnFit[] fits =
        [
            .. from column in _needed.Columns
               where found.Find(column.Name) is not null
               let fit = ColumnFit.Of(column, found.Find(column.Name)!)
               where fit.Change is not null
               select fit,
        ];
        string[] converted = [.. fits.Where(fit => fit.IsConverted).Select(fit => fit.Change!.Name)];
        Filled =
        [
            .. missing.Select(column => column.Name).Where(IsFilled),
            .. converted,
        ];
        Note();
        FillNulls([.. fits.Where(fit => fit.HasNulls).Select(fit => fit.Change!)]);
        Change(fits);
        AddColumns(missing);
        // A column that is made anew has left its keys.
        ChangeKeys(
            [.. found.Keys.Where(key => !key.Columns.Any(converted.Contains))],
            [.. found.Keys.Select(key => key.Name)]);
    }

    // The note comes before the column: a program that ends between the two has lost nothing.
    private void Note()
    {
        if (Filled.Count == 0) return;
        var rows = Filled.Select(column => $"('{_needed.Name}', '{column}', '', UTC_TIMESTAMP(6))");
        Add(
            $"note that {string.Join(", ", Filled)} must be filled",
            $"INSERT INTO {OwnTables.Fillings} (table_name, column_name, after_uid, started_at) VALUES "
            + $"{string.Join(", ", rows)} ON DUPLICATE KEY UPDATE after_uid = '', "
            + "started_at = UTC_TIMESTAMP(6), ended_at = NULL, settled_at = NULL");
    }

    private void FillNulls(IReadOnlyList<ColumnShape> columns)
    {
        if (columns.Count == 0) return;
        Add(
            $"replace NULL in {Names(columns)}",
            $"UPDATE `{_needed.Name}` SET "
            + string.Join(
                ", ", columns.Select(column => $"`{column.Name}` = COALESCE(`{column.Name}`, {column.Empty})"))
            + $" WHERE {string.Join(" OR ", columns.Select(column => $"`{column.Name}` IS NULL"))}");
    }

    private void Change(ColumnFit[] fits)
    {
        if (fits.Length == 0) return;
        var parts = fits.Select(fit => fit.IsConverted
            ? $"DROP COLUMN `{fit.Change!.Name}`, ADD COLUMN {fit.Change.Sql}"
            : $"MODIFY COLUMN {fit.Change!.Sql}");
        Add($"change {Names(fits.Select(fit => fit.Change!))}", Alter(string.Join(", ", parts)));
    }

    private void AddColumns(ColumnShape[] missing)
    {
        if (missing.Length == 0) return;
        var sql = Alter(string.Join(", ", missing.Select(column => $"ADD COLUMN {column.Sql}")));
        Add($"add {Names(missing)}", sql + _algorithm, sql + DdlAlgorithm.Online);
    }

    private void ChangeKeys(IReadOnlyList<FoundKey> found, string[] names)
    {
        KeyShape[] missing = [.. _needed.Keys.Where(key => !found.Any(one => one.Is(key)))];
        if (missing.Length == 0) return;
        if (missing.FirstOrDefault(key => key.IsUnique) is { } unique) RemoveDuplicates(unique);
        string[] superseded = [.. found.Where(IsSuperseded).Select(key => key.Name)];
        var parts = superseded.Select(name => $"DROP KEY `{name}`")
            .Concat(missing.Select(key => $"ADD {key.Sql(FreeName(key, names))}"));
        var sql = Alter(string.Join(", ", parts));
        Add(
            $"add keys {string.Join(" ", missing.Select(key => $"({string.Join(", ", key.Columns)})"))}",
            sql + DdlAlgorithm.Online,
            sql);
    }

    // The newest row of a key counts. Rows are numbered in the order in which they were written.
    private void RemoveDuplicates(KeyShape unique)
    {
        var columns = string.Join(", ", unique.Columns.Select(column => $"`{column}`"));
        var same = string.Join(" AND ", unique.Columns.Select(column => $"t.`{column}` = newest.`{column}`"));
        Add(
            $"remove duplicates of {string.Join(", ", unique.Columns)}",
            $"DELETE t FROM `{_needed.Name}` AS t JOIN (SELECT {columns}, MAX(`id`) AS `id` FROM `{_needed.Name}` "
            + $"GROUP BY {columns} HAVING COUNT(*) > 1) AS newest ON {same} AND t.`id` < newest.`id`");
    }

    // The init jobs named their keys after the kind. One of which a longer key holds the start costs writes only.
    private bool IsSuperseded(FoundKey key) =>
        _kind is not null && !key.IsUnique && key.Name.StartsWith($"{_kind.Table}_", StringComparison.Ordinal)
        && _needed.Keys.Any(needed => needed.Columns.Count > key.Columns.Count
            && needed.Columns.Take(key.Columns.Count).SequenceEqual(key.Columns));

    private static string FreeName(KeyShape key, string[] names) =>
        names.Contains(TableShape.NameOf(key)) ? TableShape.OtherNameOf(key) : TableShape.NameOf(key);

    private bool IsFilled(string column) =>
        IsIndexed(column) || (column == KindTables.Evicted && _needed.Name == _kind?.Table);

    private bool IsIndexed(string column) =>
        _kind is not null && _needed.Name == _kind.Table && _kind.Columns.Any(one => one.Name == column);

    private string Alter(string parts) => $"ALTER TABLE `{_needed.Name}` {parts}";

    private static string Names(IEnumerable<ColumnShape> columns) =>
        string.Join(", ", columns.Select(column => column.Name));

    private void Add(string what, string sql, string? otherwise = null) => _changes.Add(
        new SchemaChange($"{_needed.Name}: {what}", sql) { Otherwise = otherwise == sql ? null : otherwise });
}
