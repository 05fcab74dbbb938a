using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>All tables that a set of kinds needs.</summary>
internal static class NeededTables
{
    /// <summary>
    /// The number of this program's layout. It grows with every change of the tables that an earlier program could not
    /// live with.
    /// </summary>
    public const int Layout = 1;

    /// <summary>The program's own tables, then those of the kinds.</summary>
    public static IEnumerable<TableShape> Of(KindSet kinds) =>
        [.. OwnTables.All, .. kinds.All.SelectMany(KindTables.Of)];
}
