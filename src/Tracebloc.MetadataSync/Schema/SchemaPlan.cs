using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The way from the tables that are there to those that are needed.</summary>
/// <param name="Changes">In their order; none when all is there.</param>
/// <param name="Faults">Tables that cannot be taken over; with any, nothing is changed.</param>
internal sealed record SchemaPlan(IReadOnlyList<SchemaChange> Changes, IReadOnlyList<string> Faults)
{
    /// <summary>Compares, and plans.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <param name="found">The tables that are there.</param>
    /// <param name="server">The kind of server, and its version.</param>
    /// <param name="version">As the server writes it.</param>
    public static SchemaPlan Of(KindSet kinds, FoundTables found, ServerKind server, string version)
    {
        var algorithm = DdlAlgorithm.OfColumns(server, version);
        TablePlan[] own = [.. OwnTables.All.Select(table => TablePlan.Of(table, found.Find(table.Name), algorithm))];
        TablePlan[] mirrored = [.. kinds.All.SelectMany(kind => Of(kind, found, algorithm))];
        TablePlan[] all = [.. own, .. mirrored];
        string[] faults = [.. Newer(found), .. all.SelectMany(plan => plan.Faults)];
        return new SchemaPlan(
            faults.Length > 0 ? [] :
            [
                .. all.SelectMany(plan => plan.Changes),
                .. kinds.All.Zip(mirrored.Chunk(3)).SelectMany(each => Fillings(each.First, each.Second[0], found)),
            ],
            faults);
    }

    /// <summary>The changes, where they can be made.</summary>
    /// <param name="address">The server, for the message.</param>
    /// <exception cref="MetadataSyncException">A table cannot be taken over; it names all faults.</exception>
    public IReadOnlyList<SchemaChange> Usable(string address) => Faults.Count == 0 ? Changes
        : throw new MetadataSyncException(
            MetadataSyncExit.Database,
            $"Database {address}: nothing was changed: {string.Join("; and ", Faults)}");

    /// <summary>The fault of tables that a newer program has made.</summary>
    public static IEnumerable<string> Newer(FoundTables found)
    {
        if (found.Layout > NeededTables.Layout)
            yield return $"the tables have layout {found.Layout}, and this program knows layouts up to "
                + $"{NeededTables.Layout}; use the newest version of metadata-sync";
    }

    private static IEnumerable<TablePlan> Of(Kind kind, FoundTables found, string algorithm) =>
        KindTables.Of(kind).Select(table => TablePlan.Of(table, found.Find(table.Name), algorithm, kind));

    private static IEnumerable<SchemaChange> Fillings(Kind kind, TablePlan main, FoundTables found)
    {
        var open = found.Fillings.Where(one => one.Table == kind.Table).Select(one => one.Column);
        string[] names = [.. main.Filled.Union(open)];
        if (names.Contains(KindTables.Evicted)) yield return ChangeOf(new Filling(kind, []));
        if (kind.Columns.Where(column => names.Contains(column.Name)).ToArray() is [_, ..] columns)
            yield return ChangeOf(new Filling(kind, columns));
    }

    private static SchemaChange ChangeOf(Filling filling) =>
        new($"{filling.Kind.Table}: fill {string.Join(", ", filling.Names)}", filling.Sql) { Filling = filling };
}
