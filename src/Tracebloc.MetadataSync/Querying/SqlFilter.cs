namespace Tracebloc.MetadataSync.Querying;

/// <summary>A condition on the rows of a main table, whose alias is <c>o</c>.</summary>
/// <param name="Text">SQL without any value from outside.</param>
/// <param name="Values">The values of its question marks, in order.</param>
internal sealed record SqlFilter(string Text, params IReadOnlyList<object?> Values)
{
    public static SqlFilter Everything { get; } = new("TRUE");

    public static SqlFilter Nothing { get; } = new("FALSE");

    /// <summary>Rows that keep each one; all of them when there is none.</summary>
    public static SqlFilter And(params IReadOnlyList<SqlFilter> filters) => Joined(filters, " AND ", Everything);

    /// <summary>Rows that keep at least one; no row when there is none.</summary>
    public static SqlFilter Or(params IReadOnlyList<SqlFilter> filters) => Joined(filters, " OR ", Nothing);

    private static SqlFilter Joined(IReadOnlyList<SqlFilter> filters, string word, SqlFilter none) => filters switch
    {
        [] => none,
        [var only] => only,
        _ => new SqlFilter(
            string.Join(word, filters.Select(each => $"({each.Text})")), [.. filters.SelectMany(each => each.Values)]),
    };
}
