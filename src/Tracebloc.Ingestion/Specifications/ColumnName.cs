namespace Tracebloc.Ingestion.Specifications;

/// <summary>Names of columns, which the database compares without regard to case.</summary>
public static class ColumnName
{
    /// <summary>True for names that the database takes for one: equal but for case and outer blanks.</summary>
    public static bool AreSame(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.AsSpan().Trim().Equals(right.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
    }
}
