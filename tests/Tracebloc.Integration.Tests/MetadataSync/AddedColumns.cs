using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Columns of a later version.</summary>
internal static class AddedColumns
{
    /// <summary>Projects with three columns more, one of each type that is not text, and a key.</summary>
    public static Kind Wider { get; } = KindTable.All[0] with
    {
        Columns =
        [
            .. KindTable.All[0].Columns,
            new IndexedColumn("title", "spec.title") { Length = 8 },
            new IndexedColumn("ended_at", "status.endedAt", ColumnType.Time),
            new IndexedColumn("is_open", "spec.isOpen", ColumnType.Flag),
        ],
        Keys = [["title"]],
    };
}
