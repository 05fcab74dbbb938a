namespace Tracebloc.MetadataSync.Querying;

/// <summary>Field selectors as SQL.</summary>
internal static class FieldFilter
{
    /// <exception cref="QueryException">A field has no column, or a value is not of its type.</exception>
    public static SqlFilter Of(FieldSelector selector, FieldSet fields) =>
        SqlFilter.And([.. selector.Terms.Select(term => Of(term, fields))]);

    private static SqlFilter Of(FieldTerm term, FieldSet fields)
    {
        if (fields.Select(term.Field) is not { } field)
            throw Wrong(term, $"there is no field \"{term.Field}\"; the fields are {fields.Selectable}");
        if (term.Value.Length == 0)
            return term.IsNegative ? FieldMatch.Not(FieldMatch.IsEmpty(field)) : FieldMatch.IsEmpty(field);
        var (value, fault) = FieldValue.Of(field, term.Value);
        return value is null ? throw Wrong(term, fault ?? "")
            : term.IsNegative ? FieldMatch.NotEqual(field, value)
            : FieldMatch.Equal(field, value);
    }

    private static QueryException Wrong(FieldTerm term, string fault) => QueryException.BadRequest(
        $"fieldSelector {new SelectorFault(term.Position, fault)}");
}
