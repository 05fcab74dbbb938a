namespace Tracebloc.MetadataSync.Schema;

/// <summary>The tables of this program beside those of the kinds.</summary>
internal static class OwnTables
{
    /// <summary>The start of their names, which no kind may have.</summary>
    public const string Prefix = "sync_";

    /// <summary>One row: the term of the leader, by which a former one is kept from writing.</summary>
    public const string Leader = $"{Prefix}leader";

    /// <summary>The objects that could not be stored.</summary>
    public const string Errors = $"{Prefix}errors";

    /// <summary>The changes of the schema, in their order.</summary>
    public const string History = $"{Prefix}migrations";

    /// <summary>The columns that were added to rows, and the row that the filling has reached.</summary>
    public const string Fillings = $"{Prefix}fillings";

    private const string Name = "VARCHAR(255)", Identifier = "VARCHAR(64)", Time = "DATETIME(6)";

    public static IReadOnlyList<TableShape> All { get; } =
    [
        new(History)
        {
            Columns =
            [
                new("version", "INT"),
                new("name", Name),
                new("checksum", Identifier),
                new("layout", "INT"),
                new("applied_at", Time),
            ],
            Keys = [new("version") { IsPrimary = true }],
        },
        new(Fillings)
        {
            Columns =
            [
                new("table_name", Identifier),
                new("column_name", Identifier),
                new("after_uid", Name),
                new("started_at", Time),
                new("ended_at", Time) { IsNullable = true },
                new("settled_at", Time) { IsNullable = true },
            ],
            Keys = [new("table_name", "column_name") { IsPrimary = true }],
        },
        new(Leader)
        {
            Columns = [new("id", "TINYINT"), new("term", "BIGINT"), new("holder", Name), new("taken_at", Time)],
            Keys = [new("id") { IsPrimary = true }],
        },
        new(Errors)
        {
            Columns =
            [
                new("kind", Name),
                new("uid", Name),
                new("namespace", Name),
                new("name", Name),
                new("res_version", "BIGINT UNSIGNED"),
                new("first_at", Time),
                new("last_at", Time),
                new("attempts", "INT"),
                new("error", "TEXT"),
            ],
            Keys = [new("kind", "uid") { IsPrimary = true }, new("last_at")],
        },
    ];
}
