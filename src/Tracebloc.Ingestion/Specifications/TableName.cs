using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>The name of a table, which is also the name of a folder.</summary>
public static partial class TableName
{
    // The journal of the ingestor lives in tables of these names.
    private const string Reserved = "tracebloc_ingest_";

    /// <summary>The fault of a name and its remedy, to follow the name; null for a good one.</summary>
    public static string? Fault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !Allowed().IsMatch(name)
                ? "is not a table name; use letters of A to Z, digits and _, no digit first, at most "
                    + $"{TableLimits.LongestName} characters"
            : name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)
                ? $"is reserved: the ingestor's own tables begin with {Reserved}; choose another name"
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,63}\z")]
    private static partial Regex Allowed();
}
