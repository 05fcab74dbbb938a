namespace Tracebloc.Database;

/// <summary>Identifiers in SQL text.</summary>
public static class SqlName
{
    /// <summary>The most characters of a name.</summary>
    /// <seealso href="https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html"/>
    public const int Longest = 64;

    /// <summary>The name between back-ticks, those in it doubled, so that any name is one identifier.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a NUL, which no identifier may.</exception>
    public static string Quote(string identifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(identifier);
        return identifier.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("An identifier holds no NUL.", nameof(identifier))
            : $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";
    }
}
