namespace Tracebloc.Ingestion.Specifications;

/// <summary>Names of columns, which the database compares without regard to case.</summary>
public static class ColumnName
{
    /// <summary>The longest name that the database takes, in characters.</summary>
    public const int Longest = 64;

    private static readonly string[] Always =
    [
        "id", "created_at", "updated_at", "status", "label", "data_intent", "data_id", "filename", "extension",
        "annotation", "ingestor_id",
    ];

    /// <summary>The columns that every table of a category has, besides its features.</summary>
    public static IReadOnlyList<string> OfEveryTable(CategoryRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.HasMaskColumn ? [.. Always, "mask_id"] : Always;
    }

    /// <summary>True for names that the database takes for one: equal but for case and outer blanks.</summary>
    public static bool AreSame(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.AsSpan().Trim().Equals(right.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
    }
}
