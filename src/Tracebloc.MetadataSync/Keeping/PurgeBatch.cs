using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Keeping;

/// <summary>The statements that purge rows of one kind and one state.</summary>
internal sealed class PurgeBatch(Kind kind, PurgedState state)
{
    private readonly string _table = SqlName.Quote(kind.Table);

    private string Column => state == PurgedState.Deleted ? "delete_time" : KindTables.Evicted;

    // An evicted row that was deleted since has the age of its deletion.
    private string Condition =>
        state == PurgedState.Deleted ? "delete_time < ?" : $"{KindTables.Evicted} < ? AND delete_time IS NULL";

    /// <summary>Rows that are old enough, the oldest first, by a key of the table and without a lock.</summary>
    /// <param name="after">The last row of the batch before.</param>
    /// <param name="before">The time before which rows are purged.</param>
    /// <param name="most">The most rows.</param>
    public SqlStatement Next(PurgePlace after, DateTime before, int most) => new(
        $"SELECT {Column}, uid FROM {_table} WHERE {Condition} AND {Column} >= ? AND ({Column} > ? OR uid > ?) "
        + $"ORDER BY {Column}, uid LIMIT ?",
        before, after.Time, after.Time, after.Uid, most);

    /// <summary>Locks those rows that are old enough still, in the order in which every writer locks rows.</summary>
    public SqlStatement Lock(IReadOnlyList<string> uids, DateTime before) => new(
        $"SELECT uid FROM {_table} WHERE uid IN ({SqlText.Marks(uids.Count)}) AND {Condition} "
        + "ORDER BY uid FOR UPDATE",
        [.. uids, before]);

    /// <summary>Removes locked rows with their labels and annotations.</summary>
    public IEnumerable<SqlStatement> Remove(IReadOnlyList<string> uids) =>
    [
        Remove(kind.LabelsTable, "obj_uid", uids),
        Remove(kind.AnnotationsTable, "obj_uid", uids),
        Remove(kind.Table, "uid", uids),
    ];

    private static SqlStatement Remove(string table, string column, IReadOnlyList<string> uids) =>
        new($"DELETE FROM {SqlName.Quote(table)} WHERE {column} IN ({SqlText.Marks(uids.Count)})", uids);
}

/// <summary>A row that a purge has reached.</summary>
internal sealed record PurgePlace(DateTime Time, string Uid)
{
    /// <summary>Before every row: no column of MySQL holds an earlier time.</summary>
    public static PurgePlace Start { get; } = new(new DateTime(1000, 1, 1, 0, 0, 0, DateTimeKind.Utc), "");
}
