using System.Collections.Frozen;

namespace Tracebloc.Ingestion.Columns;

/// <summary>
/// The limits of an InnoDB table, judged before anything is created: a laptop gives the same verdict as the cluster.
/// </summary>
/// <remarks>MySQL reference manual, Limits on Table Column Count and Row Size; InnoDB Limits.</remarks>
public static class TableLimits
{
    /// <summary>The characters of a column's name.</summary>
    public const int LongestName = 64;

    /// <summary>The columns of a table, the standard ones included.</summary>
    public const int MostColumns = 1_017;

    /// <summary>The bytes of a row, as the server counts them.</summary>
    public const int MostRowBytes = 65_535;

    /// <summary>The bytes of a row that InnoDB keeps in its page of 16 KiB.</summary>
    public const int MostInlineBytes = 8_126;

    // A longer value of a column moves out of the page, and leaves its place behind.
    private const int InlinePrefix = 40;

    private static readonly SqlType ShortText = new(SqlBase.VarChar, 255);
    private static readonly SqlType LongText = new(SqlBase.Text);

    private static readonly FrozenSet<string> ReservedNames = FrozenSet.ToFrozenSet(
        [
            "id", "created_at", "updated_at", "status", "data_intent", "data_id", "filename", "extension",
            "annotation", "ingestor_id", "mask_id",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a name that the table uses itself; <c>label</c> is none: a schema may declare it.</summary>
    public static bool IsReserved(string name) => ReservedNames.Contains(name);

    /// <summary>The fault of one column's name and its remedy; null for none.</summary>
    /// <param name="name">As the schema declares it, without blanks around it.</param>
    public static string? FaultOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 ? "has no name; name the column"
            : name.EnumerateRunes().Count() > LongestName
                ? $"has {name.EnumerateRunes().Count()} characters, a column's name at most {LongestName}; shorten it"
            : name.Contains('\0') ? "contains a NUL character; remove it"
            : name.EnumerateRunes().Any(rune => !rune.IsBmp)
                ? "contains a character beyond U+FFFF, which no column's name may have; remove it"
            : IsReserved(name) ? "is a column that every table has; rename it"
            : null;
    }

    /// <summary>The limits that a table breaks: what it is, and the remedy.</summary>
    public static IEnumerable<string> FaultsOf(TableShape table)
    {
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<SqlType> types = [.. Standard(table), .. table.Features.Select(column => column.Type)];
        if (types.Count > MostColumns)
        {
            yield return $"The table needs {types.Count} columns, {types.Count - table.Features.Count} of its own "
                + $"included; a table holds at most {MostColumns}: declare fewer";
        }

        var row = types.Sum(type => type.RowBytes) + NullBytes(types.Count);
        if (row > MostRowBytes)
        {
            yield return $"A row takes {row} bytes of at most {MostRowBytes}: declare shorter VARCHAR columns, "
                + "or TEXT, which lies outside the row";
        }

        var inline = types.Sum(Inline) + NullBytes(types.Count);
        if (inline > MostInlineBytes)
        {
            yield return $"A row takes {inline} bytes of its page of at most {MostInlineBytes}: declare fewer columns";
        }
    }

    private static IEnumerable<SqlType> Standard(TableShape table)
    {
        yield return new(SqlBase.BigInt);
        yield return new(SqlBase.Int);
        for (var i = 0; i < 2; i++) yield return new(SqlBase.DateTime);
        yield return table.LabelIsText ? LongText : ShortText;
        yield return new(SqlBase.VarChar, 100);
        for (var i = 0; i < 3; i++) yield return ShortText;
        yield return new(SqlBase.VarChar, 10);
        yield return LongText;
        if (table.HasMask) yield return ShortText;
    }

    private static int Inline(SqlType type) =>
        type.Base is SqlBase.Text or SqlBase.Blob ? InlinePrefix : Math.Min(type.RowBytes, InlinePrefix);

    private static int NullBytes(int columns) => (columns + 7) / 8;
}
