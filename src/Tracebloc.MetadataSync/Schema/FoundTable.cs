namespace Tracebloc.MetadataSync.Schema;

/// <summary>A column that is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record FoundColumn(string Name, SqlType Type)
{
    public bool IsNullable { get; init; }

    /// <summary>Null for columns without texts.</summary>
    public string? Collation { get; init; }

    public bool IsNumbered { get; init; }

    /// <summary>A row may be written without the column: it has a default, or the server computes it.</summary>
    public bool HasDefault { get; init; }
}

/// <summary>
/// A key that is there. A column of which it holds the start alone, or in descending order, has no name.
/// </summary>
internal sealed record FoundKey(string Name, bool IsUnique, IReadOnlyList<string> Columns)
{
    public const string Primary = "PRIMARY";

    public bool Is(KeyShape needed) =>
        Columns.SequenceEqual(needed.Columns)
        && (Name == Primary) == needed.IsPrimary && (IsUnique || !needed.IsUnique);
}

/// <summary>A table that is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Engine">Its engine; empty for a view.</param>
internal sealed record FoundTable(string Name, string Engine)
{
    public IReadOnlyList<FoundColumn> Columns { get; init; } = [];

    public IReadOnlyList<FoundKey> Keys { get; init; } = [];

    public FoundColumn? Find(string column) => Columns.FirstOrDefault(one => one.Name == column);
}

/// <summary>A column whose filling has begun and not ended.</summary>
internal readonly record struct OpenFilling(string Table, string Column);

/// <summary>The tables that a database has of those that are needed.</summary>
internal sealed record FoundTables
{
    public IReadOnlyDictionary<string, FoundTable> Tables { get; init; } = new Dictionary<string, FoundTable>();

    public IReadOnlyList<OpenFilling> Fillings { get; init; } = [];

    /// <summary>The newest layout that a program has made; 0 where none has.</summary>
    public int Layout { get; init; }

    public FoundTable? Find(string table) => Tables.GetValueOrDefault(table);
}
