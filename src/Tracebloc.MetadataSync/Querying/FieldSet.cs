using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The fields of a kind.</summary>
internal sealed class FieldSet
{
    private FieldSet(IReadOnlyList<Field> all) => All = all;

    public IReadOnlyList<Field> All { get; }

    /// <summary>The paths that field selectors know, in one line.</summary>
    public string Selectable => string.Join(", ", All.Where(each => !each.IsForQueriesOnly).Select(each => each.Path));

    public static FieldSet Of(Kind kind) => new(
    [
        new Field("metadata.name", "name", ColumnType.Text) { IsRequired = true },
        new Field("metadata.namespace", "namespace", ColumnType.Text)
        {
            IsRequired = true,
            IsForQueriesOnly = !kind.IsNamespaced,
        },
        .. kind.Columns.Select(column => new Field(column.Path, column.Name, column.Type)
        {
            Length = column.Type == ColumnType.Text ? column.Length : null,
        }),
        new Field("metadata.creationTimestamp", "create_time", ColumnType.Time)
        {
            IsRequired = true,
            IsForQueriesOnly = true,
        },
        new Field("metadata.updateTimestamp", "update_time", ColumnType.Time) { IsForQueriesOnly = true },
    ]);

    /// <summary>Finds a field for a field selector.</summary>
    public Field? Select(string path) => All.FirstOrDefault(each => each.Path == path && !each.IsForQueriesOnly);

    /// <summary>Finds a field for a query, which may write <c>source_pipeline_run</c> for sourcePipelineRun.</summary>
    public Field? Find(string path) => All.FirstOrDefault(each => each.Path == path || SnakeCase.Of(each.Path) == path);
}
