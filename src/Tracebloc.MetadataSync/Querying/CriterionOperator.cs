namespace Tracebloc.MetadataSync.Querying;

/// <summary>The operators of a criterion, by their names without the prefix.</summary>
internal static class CriterionOperator
{
    public const string Prefix = "CRITERION_OPERATOR_", In = "IN", NotIn = "NOT_IN", Like = "LIKE";

    /// <summary>The operators that take no value.</summary>
    public static IReadOnlyDictionary<string, Func<Field, SqlFilter>> Unary { get; } =
        new Dictionary<string, Func<Field, SqlFilter>>
        {
            ["IS_NULL"] = FieldMatch.IsNull,
            ["IS_NOT_NULL"] = FieldMatch.IsNotNull,
        };

    /// <summary>The operators that take one value.</summary>
    public static IReadOnlyDictionary<string, Func<Field, object, SqlFilter>> Binary { get; } =
        new Dictionary<string, Func<Field, object, SqlFilter>>
        {
            ["EQUAL"] = FieldMatch.Equal,
            ["NOT_EQUAL"] = FieldMatch.NotEqual,
            ["GREATER_THAN"] = (field, value) => FieldMatch.Ordered(field, ">", value),
            ["GREATER_THAN_OR_EQUAL_TO"] = (field, value) => FieldMatch.Ordered(field, ">=", value),
            ["LESS_THAN"] = (field, value) => FieldMatch.Ordered(field, "<", value),
            ["LESS_THAN_OR_EQUAL_TO"] = (field, value) => FieldMatch.Ordered(field, "<=", value),
        };

    public static IReadOnlyList<string> All { get; } = [.. Binary.Keys, In, NotIn, Like, .. Unary.Keys];
}
