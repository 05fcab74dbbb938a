using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>Columns that were added to a main table, and whose values are in the rows already.</summary>
/// <param name="Kind">The kind of the table.</param>
/// <param name="Columns">
/// The columns, which are filled from the stored JSON; none: the filling is that of the time of eviction.
/// </param>
internal sealed record Filling(Kind Kind, IReadOnlyList<IndexedColumn> Columns)
{
    public bool IsOfEvictions => Columns.Count == 0;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names =>
        IsOfEvictions ? [KindTables.Evicted] : [.. Columns.Select(column => column.Name)];

    /// <summary>The change of one batch of rows. The values are those of the paths in the stored JSON.</summary>
    public string Sql => IsOfEvictions ? EvictionSql
        : $"UPDATE `{Kind.Table}` SET "
            + string.Join(
                ", ", Columns.Select(column => $"`{column.Name}` = JSON_EXTRACT(`json`, '{PathOf(column)}')"));

    /// <summary>The path of a column's value as JSON_EXTRACT takes it.</summary>
    public static string PathOf(IndexedColumn column) =>
        $"${string.Concat(column.Members.Select(member => $".\"{member}\""))}";

    // The programs before this one left no note of an eviction but the mark that was the reason for it.
    private string EvictionSql =>
        $"UPDATE `{Kind.Table}` SET `{KindTables.Evicted}` = COALESCE(`update_time`, `create_time`) "
        + $"WHERE `delete_time` IS NULL AND `{KindTables.Evicted}` IS NULL"
        + (Kind.IsImmutable ? ""
            : $" AND EXISTS (SELECT 1 FROM `{Kind.AnnotationsTable}` AS a WHERE a.obj_uid = `{Kind.Table}`.`uid` "
                + $"AND a.`key` = '{Marks.Immutable}' AND a.`value` = '{Marks.True}')");
}
