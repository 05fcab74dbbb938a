using System.Globalization;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The three tables of a kind: its objects, their labels and their annotations.</summary>
internal static class KindTables
{
    /// <summary>The time at which an object left the cluster for this database; no former layout has it.</summary>
    public const string Evicted = "evicted_time";

    // Kubernetes: a prefix of 253 characters, a slash, and a name of 63.
    private const string MetadataKey = "VARCHAR(317)";

    private const string Name = "VARCHAR(255)", Time = "DATETIME(6)";

    /// <summary>The columns that every main table has, in their order.</summary>
    public static IReadOnlyList<ColumnShape> Common { get; } =
    [
        new("uid", Name),
        new("group_ver", Name),
        new("namespace", Name),
        new("name", Name),
        new("res_version", "BIGINT UNSIGNED"),
        new("create_time", Time),
        new("update_time", Time) { IsNullable = true },
        new("delete_time", Time) { IsNullable = true },
        new(Evicted, Time) { IsNullable = true },
        new("proto", "LONGBLOB") { IsNullable = true },
        new("json", "JSON") { IsNullable = true },
    ];

    /// <summary>The key by which the versions of the live rows are read without the rows.</summary>
    public static KeyShape LiveKey { get; } = new("delete_time", Evicted, "uid", "res_version");

    /// <summary>The tables of a kind, the main one first.</summary>
    public static IReadOnlyList<TableShape> Of(Kind kind) => [MainOf(kind), LabelsOf(kind), AnnotationsOf(kind)];

    public static TableShape MainOf(Kind kind) => new(kind.Table)
    {
        Columns = [.. Common, .. kind.Columns.Select(Indexed)],
        Keys =
        [
            new("uid") { IsPrimary = true },
            new("namespace", "name"),
            new("namespace", "create_time", "uid"),
            new("create_time", "uid"),
            LiveKey,
            new(Evicted),
            new("res_version"),
            .. kind.Keys.Select(columns => new KeyShape(columns)),
        ],
    };

    public static TableShape LabelsOf(Kind kind) => Companion(
        kind.LabelsTable, "VARCHAR(63)", new KeyShape("key", "value", "obj_uid"));

    public static TableShape AnnotationsOf(Kind kind) => Companion(kind.AnnotationsTable, "MEDIUMTEXT");

    /// <summary>The column of a value that is read from an object.</summary>
    public static ColumnShape Indexed(IndexedColumn column) => new(column.Name, TypeOf(column)) { IsNullable = true };

    private static TableShape Companion(string table, string value, params IEnumerable<KeyShape> further) => new(table)
    {
        Columns =
        [
            new("id", "BIGINT") { IsNumbered = true },
            new("obj_uid", Name),
            new("key", MetadataKey),
            new("value", value),
        ],
        Keys = [new("id") { IsPrimary = true }, new("obj_uid", "key") { IsUnique = true }, .. further],
    };

    private static string TypeOf(IndexedColumn column) => column.Type switch
    {
        ColumnType.Text => string.Create(CultureInfo.InvariantCulture, $"VARCHAR({column.Length})"),
        ColumnType.Integer => "BIGINT",
        ColumnType.Flag => "TINYINT(1)",
        _ => Time,
    };
}
