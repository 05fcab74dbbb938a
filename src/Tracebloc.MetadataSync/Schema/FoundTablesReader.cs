using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>Reads <c>information_schema</c>, and this program's own notes.</summary>
internal static class FoundTablesReader
{
    private const string Ours = "table_schema = DATABASE() AND table_name IN ";

    /// <summary>The tables of the kinds and of the program that are there.</summary>
    /// <exception cref="DatabaseException">A query failed.</exception>
    public static async Task<FoundTables> ReadAsync(DatabaseSession session, KindSet kinds, CancellationToken token)
    {
        if (!session.HasDatabase) return new FoundTables();
        string[] names = [.. NeededTables.Of(kinds).Select(table => table.Name)];
        var among = $"{Ours}({string.Join(", ", names.Select(_ => "?"))})";
        var columns = await ColumnsAsync(session, among, names, token);
        var keys = await KeysAsync(session, among, names, token);
        var tables = await session.QueryAsync(
            new SqlStatement($"SELECT table_name, engine FROM information_schema.tables WHERE {among}", names),
            row => new FoundTable(row.Text(0), row.TextOrNull(1) ?? ""),
            token);
        var found = tables.ToDictionary(
            table => table.Name,
            table => table with { Columns = [.. columns[table.Name]], Keys = [.. keys[table.Name]] });
        return new FoundTables
        {
            Tables = found,
            Fillings = found.ContainsKey(OwnTables.Fillings) ? await FillingsAsync(session, token) : [],
            Layout = found.ContainsKey(OwnTables.History) ? await LayoutAsync(session, token) : 0,
        };
    }

    private static async Task<ILookup<string, FoundColumn>> ColumnsAsync(
        DatabaseSession session, string among, string[] names, CancellationToken token)
    {
        var rows = await session.QueryAsync(
            new SqlStatement(
                "SELECT table_name, column_name, column_type, is_nullable, collation_name, extra, column_default "
                + $"FROM information_schema.columns WHERE {among} ORDER BY table_name, ordinal_position",
                names),
            row => (Table: row.Text(0), Column: ColumnOf(row)),
            token);
        return rows.ToLookup(row => row.Table, row => row.Column);
    }

    private static FoundColumn ColumnOf(SqlRow row)
    {
        var (isNullable, extra) = (row.Text(3) == "YES", row.TextOrNull(5) ?? "");
        return new FoundColumn(row.Text(1), SqlType.Parse(row.Text(2)))
        {
            IsNullable = isNullable,
            Collation = row.TextOrNull(4),
            IsNumbered = extra.Contains("auto_increment", StringComparison.OrdinalIgnoreCase),
            HasDefault = isNullable || !row.IsNull(6)
                || extra.Contains("auto_increment", StringComparison.OrdinalIgnoreCase)
                || extra.Contains("GENERATED", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static async Task<ILookup<string, FoundKey>> KeysAsync(
        DatabaseSession session, string among, string[] names, CancellationToken token)
    {
        var rows = await session.QueryAsync(
            new SqlStatement(
                "SELECT table_name, index_name, non_unique, "
                + "CASE WHEN sub_part IS NULL AND COALESCE(collation, 'A') = 'A' THEN column_name END "
                + $"FROM information_schema.statistics WHERE {among} ORDER BY table_name, index_name, seq_in_index",
                names),
            row => (Table: row.Text(0), Key: row.Text(1), IsUnique: row.Number(2) == 0, Column: row.TextOrNull(3)),
            token);
        return rows.GroupBy(row => (row.Table, row.Key, row.IsUnique)).ToLookup(
            group => group.Key.Table,
            group => new FoundKey(group.Key.Key, group.Key.IsUnique, [.. group.Select(row => row.Column ?? "")]));
    }

    private static Task<IReadOnlyList<OpenFilling>> FillingsAsync(DatabaseSession session, CancellationToken token) =>
        session.QueryAsync(
            new SqlStatement(
                $"SELECT table_name, column_name FROM {OwnTables.Fillings} WHERE ended_at IS NULL "
                + "ORDER BY table_name, column_name"),
            row => new OpenFilling(row.Text(0), row.Text(1)),
            token);

    private static Task<int> LayoutAsync(DatabaseSession session, CancellationToken token) => session.FindAsync(
        new SqlStatement($"SELECT COALESCE(MAX(layout), 0) FROM {OwnTables.History}"),
        row => (int)row.Number(0),
        token);
}
