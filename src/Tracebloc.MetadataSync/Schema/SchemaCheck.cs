using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The tables that are there, compared with those that are needed, at the start of the controller.</summary>
internal sealed record SchemaCheck
{
    private const string Remedy = "run metadata-sync migrate";

    /// <summary>Every kind, in the order of the set.</summary>
    public required IReadOnlyList<KindSchema> Kinds { get; init; }

    /// <summary>The program's own tables that are missing: without them nothing can be stored.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The differences with which objects can be stored, and queries are slower or lack values.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    public bool IsComplete => Missing.Count == 0 && Remarks.Count == 0 && Kinds.All(kind => kind.IsWritable);

    /// <summary>Every difference, a sentence each.</summary>
    public IEnumerable<string> Differences =>
        [.. Missing, .. Kinds.SelectMany(kind => kind.Missing), .. Remarks];

    /// <summary>Looks into <c>information_schema</c>.</summary>
    /// <exception cref="DatabaseException">A query failed.</exception>
    public static async Task<SchemaCheck> ReadAsync(DatabaseSession session, KindSet kinds, CancellationToken token) =>
        Of(kinds, await FoundTablesReader.ReadAsync(session, kinds, token));

    public static SchemaCheck Of(KindSet kinds, FoundTables found) => new()
    {
        Kinds = [.. kinds.All.Select(kind => Of(kind, found))],
        Missing =
        [
            .. SchemaPlan.Newer(found), .. OwnTables.All.SelectMany(table => Lacks(table, found, _ => true)),
        ],
        Remarks =
        [
            .. kinds.All.SelectMany(kind => KindTables.Of(kind).SelectMany(table => Differs(kind, table, found))),
        ],
    };

    private static KindSchema Of(Kind kind, FoundTables found)
    {
        var main = found.Find(kind.Table);
        return new KindSchema(
            kind,
            [
                .. KindTables.Of(kind).SelectMany(table =>
                    Lacks(table, found, column => !IsIndexed(kind, table.Name, column))),
                // Without it every object that has left the cluster would be taken for one that was deleted.
                .. from filling in found.Fillings
                   where filling.Table == kind.Table && filling.Column == KindTables.Evicted
                   select $"table {filling.Table}: column {filling.Column} is not filled yet; {Remedy}",
            ],
            [.. kind.Columns.Where(column => main?.Find(column.Name) is not null)]);
    }

    private static IEnumerable<string> Lacks(TableShape needed, FoundTables all, Func<string, bool> isBasic)
    {
        if (all.Find(needed.Name) is not { } found)
            return [$"table {needed.Name} is missing; {Remedy}"];
        return
        [
            .. from column in needed.Columns
               where isBasic(column.Name) && found.Find(column.Name) is null
               select $"table {needed.Name}: column {column.Name} is missing; {Remedy}",
            .. from key in needed.Keys
               where (key.IsPrimary || key.IsUnique) && !found.Keys.Any(one => one.Is(key))
               select $"table {needed.Name}: unique key ({string.Join(", ", key.Columns)}) is missing; {Remedy}",
            .. from column in found.Columns
               where !column.HasDefault && needed.Columns.All(one => one.Name != column.Name)
               select $"table {needed.Name}: column {column.Name} has no default, and no row can be written; give it a "
                   + "default, or drop it",
        ];
    }

    private static IEnumerable<string> Differs(Kind kind, TableShape needed, FoundTables all)
    {
        if (all.Find(needed.Name) is not { } found) return [];
        return
        [
            .. from column in needed.Columns
               where IsIndexed(kind, needed.Name, column.Name) && found.Find(column.Name) is null
               select $"table {needed.Name}: column {column.Name} is missing, and is not written; {Remedy}",
            .. from column in needed.Columns
               where found.Find(column.Name) is { } there && ColumnFit.Of(column, there).Change is not null
               select $"table {needed.Name}: column {column.Name} is {found.Find(column.Name)!.Type}, and "
                   + $"{column.Sql} is needed; {Remedy}",
            .. from key in needed.Keys
               where !key.IsPrimary && !key.IsUnique && !found.Keys.Any(one => one.Is(key))
               select $"table {needed.Name}: key ({string.Join(", ", key.Columns)}) is missing; {Remedy}",
            .. from filling in all.Fillings
               where filling.Table == needed.Name && IsIndexed(kind, needed.Name, filling.Column)
               select $"table {needed.Name}: column {filling.Column} is not filled yet; {Remedy}",
        ];
    }

    private static bool IsIndexed(Kind kind, string table, string column) =>
        table == kind.Table && kind.Columns.Any(one => one.Name == column);
}
