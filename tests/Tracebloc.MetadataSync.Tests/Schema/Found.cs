using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Tests.Schema;

/// <summary>Tables as a server reports them.</summary>
internal static class Found
{
    private const string OldCollation = "utf8mb4_unicode_ci";

    /// <summary>A table as its CREATE statement makes it.</summary>
    public static FoundTable Of(TableShape shape) => new(shape.Name, "InnoDB")
    {
        Columns = [.. shape.Columns.Select(Of)],
        Keys =
        [
            .. shape.Keys.Select(key => new FoundKey(
                key.IsPrimary ? FoundKey.Primary : TableShape.NameOf(key), key.IsPrimary || key.IsUnique, key.Columns)),
        ],
    };

    public static FoundTables Of(params IEnumerable<FoundTable> tables) =>
        new() { Tables = tables.ToDictionary(table => table.Name) };

    /// <summary>All tables as the program makes them.</summary>
    public static FoundTables Whole(KindSet kinds) => Of(NeededTables.Of(kinds).Select(Of));

    /// <summary>The three tables of a kind as the former init job made them.</summary>
    public static IEnumerable<FoundTable> Former(Kind kind)
    {
        string[] texts = ["uid", "group_ver", "namespace", "name"];
        string[] times = ["create_time", "update_time", "delete_time"];
        yield return new FoundTable(kind.Table, "InnoDB")
        {
            Columns =
            [
                .. texts.Select(name => Text(name, 255) with { IsNullable = false, HasDefault = false }),
                new("res_version", SqlType.Parse("bigint unsigned")),
                .. times.Select(name => new FoundColumn(name, SqlType.Parse("datetime"))
                {
                    IsNullable = name != "create_time",
                    HasDefault = name != "create_time",
                }),
                new("proto", SqlType.Parse("mediumblob")) { IsNullable = true, HasDefault = true },
                new("json", SqlType.Parse("json")) { IsNullable = true, HasDefault = true },
                .. kind.Columns.Select(column => column.Type == ColumnType.Time
                    ? new FoundColumn(column.Name, SqlType.Parse("datetime")) { IsNullable = true, HasDefault = true }
                    : Text(column.Name, column.Length)),
            ],
            Keys =
            [
                new(FoundKey.Primary, true, ["uid"]),
                new($"{kind.Table}_namespace_name", false, ["namespace", "name"]),
                new($"{kind.Table}_create_time", false, ["create_time"]),
                .. kind.Keys.Select(key => new FoundKey($"{kind.Table}_{key[0]}", false, key)),
            ],
        };
        yield return Companion(kind.LabelsTable, "varchar(63)", new FoundKey("x_key_value", false, ["key", "value"]));
        yield return Companion(kind.AnnotationsTable, "text");
    }

    private static FoundTable Companion(string table, string value, params IEnumerable<FoundKey> further) =>
        new(table, "InnoDB")
        {
            Columns =
            [
                new("id", SqlType.Parse("bigint(20)")) { IsNumbered = true, HasDefault = true },
                Text("obj_uid", 255) with { IsNullable = false, HasDefault = false },
                Text("key", 255) with { IsNullable = false, HasDefault = false },
                new("value", SqlType.Parse(value)) { IsNullable = true, HasDefault = true, Collation = OldCollation },
            ],
            Keys =
            [
                new(FoundKey.Primary, true, ["id"]),
                new($"{table}_uid", false, ["obj_uid"]),
                .. further.Select(key => key with { Name = $"{table}_key_value" }),
            ],
        };

    private static FoundColumn Text(string name, int length) => new(name, new SqlType("varchar", length, false))
    {
        IsNullable = true,
        HasDefault = true,
        Collation = OldCollation,
    };

    private static FoundColumn Of(ColumnShape shape) => new(shape.Name, SqlType.Parse(shape.Type))
    {
        IsNullable = shape.IsNullable,
        HasDefault = shape.IsNullable || shape.IsNumbered,
        IsNumbered = shape.IsNumbered,
        Collation = shape.IsText ? "utf8mb4_bin" : null,
    };
}
