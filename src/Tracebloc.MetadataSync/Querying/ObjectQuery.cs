namespace Tracebloc.MetadataSync.Querying;

/// <summary>A query with an order of the caller's.</summary>
/// <param name="Selection">The objects.</param>
/// <param name="Criteria">The criteria that they keep besides.</param>
internal sealed record ObjectQuery(Selection Selection, SqlFilter Criteria)
{
    public SqlFilter Filter => Criteria == SqlFilter.Everything
        ? Selection.Filter()
        : SqlFilter.And(Selection.Filter(), Criteria);

    /// <summary>Columns and directions; made of the kind's columns alone.</summary>
    public required string Order { get; init; }

    public required int Limit { get; init; }

    public required int Offset { get; init; }

    /// <summary>The paths that the answer leaves out.</summary>
    public IReadOnlyList<string> SkippedFields { get; init; } = [];
}
