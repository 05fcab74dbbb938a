using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Store;

/// <summary>A kind and the statements for its main table. No column that the table lacks is written.</summary>
internal sealed class StoredKind
{
    // Its value stays as it is: NULL, or what an earlier program wrote.
    private const string Proto = "proto";

    // Without it the server reads every row with its JSON, those of deleted and evicted objects too.
    private static readonly string LiveKey = SqlName.Quote(TableShape.NameOf(KindTables.LiveKey));

    // While a table grows, its statistics are those of a small one, which is read from end to end.
    private const string ByUid = "FORCE INDEX (PRIMARY)";

    private readonly string[] _columns;
    private readonly string _table;

    /// <param name="kind">The kind.</param>
    /// <param name="present">The columns that the main table has.</param>
    public StoredKind(Kind kind, IReadOnlySet<string> present)
    {
        Kind = kind;
        _table = SqlName.Quote(kind.Table);
        _columns = [.. KindTables.MainOf(kind).Columns.Select(column => column.Name)
            .Where(name => name != Proto && present.Contains(name))];
        (string, string)[] columns = [.. _columns.Select(name => (name, name == "json" ? SqlText.OfBytes : "?"))];
        Insert = new MultiRowInsert(kind.Table, columns);
        Update = new MultiRowInsert(
            kind.Table, columns, MultiRowInsert.OrUpdate(_columns.Where(name => name != "uid")));
    }

    public Kind Kind { get; }

    /// <summary>False for a table of the old layout: nothing may leave the cluster.</summary>
    public bool HasEvictions => _columns.Contains(KindTables.Evicted);

    /// <summary>A kind whose tables were checked and have all but some columns of their own.</summary>
    public static StoredKind Of(KindSchema schema) => new(
        schema.Kind,
        KindTables.Common.Select(column => column.Name).Concat(schema.Columns.Select(column => column.Name))
            .ToHashSet());

    /// <summary>Makes rows; one that exists is error 1062.</summary>
    public MultiRowInsert Insert { get; }

    /// <summary>Changes rows that exist.</summary>
    public MultiRowInsert Update { get; }

    /// <summary>The condition of rows whose object is in the cluster.</summary>
    public string IsLive =>
        HasEvictions ? $"delete_time IS NULL AND {KindTables.Evicted} IS NULL" : "delete_time IS NULL";

    private string EvictedOrNull => HasEvictions ? KindTables.Evicted : "NULL";

    /// <summary>The rows of some objects.</summary>
    public SqlStatement Rows(IReadOnlyList<string> uids, bool locks) => new(
        $"SELECT uid, res_version, delete_time, {EvictedOrNull} FROM {_table} {ByUid} "
        + $"WHERE uid IN ({SqlText.Marks(uids.Count)}) ORDER BY uid{(locks ? " FOR UPDATE" : "")}",
        uids);

    public static StoredRow Row(SqlRow row) =>
        new(row.Text(0), row.Unsigned(1), row.TimeOrNull(2), row.TimeOrNull(3));

    /// <summary>The namespaces and names of some objects.</summary>
    public SqlStatement Names(IReadOnlyList<string> uids) =>
        new($"SELECT uid, namespace, name FROM {_table} WHERE uid IN ({SqlText.Marks(uids.Count)})", uids);

    /// <summary>A page of the live rows, in the order of uids.</summary>
    /// <param name="uid">The last of the page before.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="byKey">Reads <see cref="LiveKey"/> alone; error 1176 where the table lacks it.</param>
    public SqlStatement LiveAfter(string uid, int most, bool byKey) => new(
        $"SELECT uid, res_version FROM {_table}{(byKey ? $" FORCE INDEX ({LiveKey})" : "")} "
        + $"WHERE uid > ? AND {IsLive} ORDER BY uid LIMIT ?",
        uid, most);

    /// <summary>The newest version of any row.</summary>
    public SqlStatement Highest() => new($"SELECT MAX(res_version) FROM {_table}");

    /// <summary>Marks live rows as deleted.</summary>
    /// <param name="deletions">In the order of uids.</param>
    /// <param name="at">The time.</param>
    public SqlStatement Delete(IReadOnlyList<RowDeletion> deletions, DateTimeOffset at)
    {
        var known = deletions.Where(each => each.Version > 0).ToList();
        var bounded = deletions.Where(each => each.KeepsNewer).ToList();
        var version = known.Count == 0 ? "" : $", res_version = GREATEST(res_version, {VersionOf(known)}ELSE 0 END)";
        var bound = bounded.Count == 0 ? "" : $" AND res_version <= {VersionOf(bounded)}ELSE res_version END";
        return new SqlStatement(
            $"UPDATE {_table} SET delete_time = ?{version} "
            + $"WHERE uid IN ({SqlText.Marks(deletions.Count)}) AND {IsLive}{bound}",
            [
                SqlText.Time(at),
                .. known.SelectMany(Values),
                .. deletions.Select(each => each.Uid),
                .. bounded.SelectMany(Values),
            ]);

        static string VersionOf(List<RowDeletion> some) =>
            $"CASE uid {string.Concat(Enumerable.Repeat("WHEN ? THEN ? ", some.Count))}";
        static object?[] Values(RowDeletion each) => [each.Uid, each.Version];
    }

    /// <summary>The values of a row, as <see cref="Insert"/> takes them.</summary>
    public object?[] Values(PlannedRow row, DateTimeOffset now) =>
        [.. _columns.Select(name => Value(name, row, now))];

    private object? Value(string name, PlannedRow row, DateTimeOffset now) => name switch
    {
        "uid" => row.Uid,
        "group_ver" => row.Object.GroupVersion,
        "namespace" => row.Object.Namespace,
        "name" => row.Object.Name,
        "res_version" => row.Object.Version,
        "create_time" => SqlText.Time(row.Object.CreatedAt),
        "update_time" => SqlText.Time(now),
        "delete_time" => SqlText.Time(row.DeletedAt),
        KindTables.Evicted => SqlText.Time(row.EvictedAt),
        "json" => row.Json,
        _ => Indexed(name, row.Object.Columns),
    };

    private object? Indexed(string name, IReadOnlyList<object?> values)
    {
        for (var place = 0; place < values.Count; place++)
            if (Kind.Columns[place].Name == name)
                return values[place] is DateTimeOffset time ? SqlText.Time(time) : values[place];
        return null;
    }
}
