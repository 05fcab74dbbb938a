using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>A table that is there.</summary>
/// <param name="Engine">Its engine: <c>InnoDB</c>.</param>
/// <param name="Columns">Its columns in their order.</param>
/// <param name="UniqueIndex">The index by which <c>data_id</c> alone is unique; null where it is not.</param>
internal sealed record TableFacts(string Engine, IReadOnlyList<ColumnFacts> Columns, string? UniqueIndex)
{
    /// <summary>Reads a table; null when there is none of that name.</summary>
    public static async Task<TableFacts?> ReadAsync(DatabaseSession session, string table, CancellationToken token)
    {
        if (!session.HasDatabase) return null;
        var engine = await session.FindAsync(
            new SqlStatement(
                "SELECT IFNULL(engine, table_type) FROM information_schema.tables "
                + "WHERE table_schema = DATABASE() AND table_name = ?",
                table),
            row => row.Text(0),
            token);
        return engine is null ? null : new TableFacts(
            engine, await ColumnsAsync(session, table, token), await UniqueIndexAsync(session, table, token));
    }

    private static Task<IReadOnlyList<ColumnFacts>> ColumnsAsync(
        DatabaseSession session, string table, CancellationToken token) => session.QueryAsync(
            new SqlStatement(
                "SELECT column_name, data_type, column_type, COALESCE(character_maximum_length, numeric_precision), "
                + "COALESCE(numeric_scale, datetime_precision, 0), is_nullable FROM information_schema.columns "
                + "WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
                table),
            row => new ColumnFacts(row.Text(0), row.Text(1).ToLowerInvariant(), row.Text(2))
            {
                Size = row.NumberOrNull(3),
                Scale = row.Number(4),
                IsNullable = row.Text(5) == "YES",
            },
            token);

    private static Task<string?> UniqueIndexAsync(
        DatabaseSession session, string table, CancellationToken token) => session.FindAsync(
            new SqlStatement(
                "SELECT index_name FROM information_schema.statistics "
                + "WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0 GROUP BY index_name "
                + "HAVING COUNT(*) = 1 AND MAX(column_name) = 'data_id' AND MAX(sub_part) IS NULL "
                + "ORDER BY index_name LIMIT 1",
                table),
            row => (string?)row.Text(0),
            token);
}
