using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>A table that is there.</summary>
/// <param name="Engine">Its engine: <c>InnoDB</c>.</param>
/// <param name="Columns">Its columns in their order.</param>
/// <param name="HasUniqueDataId">True where <c>data_id</c> alone is unique.</param>
internal sealed record TableFacts(string Engine, IReadOnlyList<ColumnFacts> Columns, bool HasUniqueDataId)
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
            engine, await ColumnsAsync(session, table, token), await HasUniqueAsync(session, table, token));
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

    private static async Task<bool> HasUniqueAsync(DatabaseSession session, string table, CancellationToken token) =>
        await session.FindAsync(
            new SqlStatement(
                "SELECT COUNT(*) FROM (SELECT index_name FROM information_schema.statistics "
                + "WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0 GROUP BY index_name "
                + "HAVING COUNT(*) = 1 AND MAX(column_name) = 'data_id' AND MAX(sub_part) IS NULL) one",
                table),
            row => row.Number(0),
            token) > 0;
}
