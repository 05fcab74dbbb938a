using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>Reads whole rows of one kind.</summary>
internal sealed class StoredContents(StoreDatabase database, KindSchema schema)
{
    private static readonly string[] Common =
    [
        "uid", "res_version", "delete_time", KindTables.Evicted, "group_ver", "namespace", "name", "create_time",
        "CAST(json AS BINARY)",
    ];

    private readonly EntryTable _labels = new(schema.Kind.LabelsTable);

    private readonly EntryTable _annotations = new(schema.Kind.AnnotationsTable);

    /// <summary>The rows of some objects in any state, by uid; objects without a row are left out.</summary>
    /// <param name="uids">At least one.</param>
    /// <param name="locks">
    /// Holds writers of these rows up for the moment of the reading: the three tables are then of one time.
    /// </param>
    /// <param name="token">Ends the queries.</param>
    /// <exception cref="DatabaseException">A query failed.</exception>
    public Task<IReadOnlyDictionary<string, StoredContent>> ReadAsync(
        IReadOnlyList<string> uids, bool locks, CancellationToken token) =>
        database.ChangeAsync((session, current) => ReadAsync(session, uids, locks, current), token);

    private async Task<IReadOnlyDictionary<string, StoredContent>> ReadAsync(
        DatabaseSession session, IReadOnlyList<string> uids, bool locks, CancellationToken token)
    {
        var rows = await session.QueryAsync(Rows(uids, locks), Row, token);
        var labels = await session.QueryAsync(_labels.Rows(uids), EntryTable.Row, token);
        var annotations = await session.QueryAsync(_annotations.Rows(uids), EntryTable.Row, token);
        var (labelsOf, annotationsOf) = (labels.ToLookup(row => row.Uid), annotations.ToLookup(row => row.Uid));
        return rows.ToDictionary(
            row => row.Row.Uid,
            row => row with { Labels = [.. labelsOf[row.Row.Uid]], Annotations = [.. annotationsOf[row.Row.Uid]] });
    }

    private SqlStatement Rows(IReadOnlyList<string> uids, bool locks)
    {
        string[] columns = [.. Common, .. schema.Columns.Select(column => SqlName.Quote(column.Name))];
        return new SqlStatement(
            $"SELECT {string.Join(", ", columns)} FROM {SqlName.Quote(schema.Kind.Table)} "
            + $"WHERE uid IN ({SqlText.Marks(uids.Count)}) ORDER BY uid{(locks ? " LOCK IN SHARE MODE" : "")}",
            uids);
    }

    private StoredContent Row(SqlRow row) => new(StoredKind.Row(row))
    {
        GroupVersion = row.Text(4),
        Namespace = row.Text(5),
        Name = row.Text(6),
        CreatedAt = row.TimeOrNull(7),
        Json = row.BytesOrNull(8) ?? default(ReadOnlyMemory<byte>),
        Columns = [.. schema.Columns.Select((column, place) => Value(row, column, Common.Length + place))],
    };

    private static object? Value(SqlRow row, IndexedColumn column, int place) =>
        row.IsNull(place) ? null : column.Type switch
        {
            ColumnType.Integer => row.Number(place),
            ColumnType.Flag => row.Number(place) != 0,
            ColumnType.Time => row.Time(place),
            _ => row.Text(place),
        };
}
