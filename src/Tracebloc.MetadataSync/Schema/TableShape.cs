using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>A table that is needed.</summary>
/// <param name="Name">Its name; without back-ticks.</param>
internal sealed record TableShape(string Name)
{
    /// <summary>Kubernetes compares byte by byte.</summary>
    public const string Collation = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    public required IReadOnlyList<ColumnShape> Columns { get; init; }

    public required IReadOnlyList<KeyShape> Keys { get; init; }

    /// <summary>The statement that creates it; it may be repeated.</summary>
    public string CreateSql =>
        $"CREATE TABLE IF NOT EXISTS `{Name}` ("
        + string.Join(", ", [.. Columns.Select(column => column.Sql), .. Keys.Select(key => key.Sql(NameOf(key)))])
        + ") ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

    /// <summary>The name of a key: its columns, or a hash of them where they are too long for a name.</summary>
    public static string NameOf(KeyShape key)
    {
        var name = $"by_{string.Join("_and_", key.Columns)}";
        return name.Length <= SqlName.Longest ? name : LockName.Of("by_", key.Columns);
    }

    /// <summary>The name of a key where another one has the first.</summary>
    public static string OtherNameOf(KeyShape key) => LockName.Of("by_", key.Columns);
}
