namespace Tracebloc.Database;

/// <summary>Text in SQL statements that take no parameters.</summary>
internal static class SqlLiteral
{
    /// <summary>Between quotes, escaped for a session without NO_BACKSLASH_ESCAPES; NULL for null.</summary>
    public static string Of(string? text) => text is null ? "NULL"
        : $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
            .Replace("\0", "\\0", StringComparison.Ordinal)}'";
}
