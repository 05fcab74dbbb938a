using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>The statements for a table of labels or annotations.</summary>
internal sealed class EntryTable(string table)
{
    // A condition for each; the server's optimizer takes hundreds as ranges of the key.
    private const int MostRemovals = 100;

    private readonly string _table = SqlName.Quote(table);

    private readonly MultiRowInsert _put = new(
        table, [("obj_uid", "?"), ("key", "?"), ("value", "?")], MultiRowInsert.OrUpdate(["value"]));

    /// <summary>The rows of some objects.</summary>
    public SqlStatement Rows(IReadOnlyList<string> uids) => new(
        $"SELECT obj_uid, `key`, `value` FROM {_table} WHERE obj_uid IN ({SqlText.Marks(uids.Count)})", uids);

    public static EntryRow Row(SqlRow row) => new(row.Text(0), row.Text(1), row.TextOrNull(2) ?? "");

    /// <summary>The statements that make a difference.</summary>
    /// <exception cref="DatabaseException">A row is longer than any statement may be.</exception>
    public IEnumerable<SqlStatement> Statements(EntryDifference difference, StatementBudget budget) =>
    [
        .. difference.Removals.Chunk(MostRemovals).Select(Remove),
        .. _put.Statements(difference.Puts.Select(row => new object?[] { row.Uid, row.Key, row.Value }), budget),
    ];

    private SqlStatement Remove((string Uid, string Key)[] removals) => new(
        $"DELETE FROM {_table} WHERE "
        + string.Join(" OR ", Enumerable.Repeat("(obj_uid = ? AND `key` = ?)", removals.Length)),
        [.. removals.SelectMany(each => new[] { each.Uid, each.Key })]);
}
