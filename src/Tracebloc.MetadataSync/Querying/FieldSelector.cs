namespace Tracebloc.MetadataSync.Querying;

/// <summary>A field selector: an object matches that keeps all terms.</summary>
internal sealed record FieldSelector(params IReadOnlyList<FieldTerm> Terms)
{
    public static FieldSelector Everything { get; } = new();
}

/// <summary>One term of a field selector.</summary>
/// <param name="Field">The field, as the caller wrote it.</param>
/// <param name="IsNegative">True for <c>!=</c>.</param>
/// <param name="Value">The value, without its escapes; an object without the field has the empty one.</param>
/// <param name="Position">The first character of the term, counted from 1.</param>
internal sealed record FieldTerm(string Field, bool IsNegative, string Value, int Position);
