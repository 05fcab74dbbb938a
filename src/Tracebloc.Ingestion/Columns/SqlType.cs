using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Tracebloc.Configuration;

namespace Tracebloc.Ingestion.Columns;

/// <summary>The type of a column as a schema declares it: <c>VARCHAR(80)</c>, in any case of letters.</summary>
/// <param name="Base">The kind.</param>
/// <param name="Length">The characters of a text, or the digits of a DECIMAL; 0 elsewhere.</param>
/// <param name="Scale">The digits of a DECIMAL after its point; 0 elsewhere.</param>
public sealed partial record SqlType(SqlBase Base, int Length = 0, int Scale = 0)
{
    internal const int MostDigits = 65;
    internal const int LargestScale = 30;

    private const int LongestText = 16_383;

    private static readonly Dictionary<string, SqlBase> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TINYINT"] = SqlBase.TinyInt,
        ["SMALLINT"] = SqlBase.SmallInt,
        ["MEDIUMINT"] = SqlBase.MediumInt,
        ["INT"] = SqlBase.Int,
        ["INTEGER"] = SqlBase.Int,
        ["BIGINT"] = SqlBase.BigInt,
        ["FLOAT"] = SqlBase.Float,
        ["DOUBLE"] = SqlBase.Double,
        ["DECIMAL"] = SqlBase.Decimal,
        ["NUMERIC"] = SqlBase.Decimal,
        ["BOOL"] = SqlBase.Bool,
        ["BOOLEAN"] = SqlBase.Bool,
        ["CHAR"] = SqlBase.Char,
        ["VARCHAR"] = SqlBase.VarChar,
        ["TEXT"] = SqlBase.Text,
        ["BLOB"] = SqlBase.Blob,
        ["DATE"] = SqlBase.Date,
        ["DATETIME"] = SqlBase.DateTime,
        ["TIMESTAMP"] = SqlBase.Timestamp,
        ["TIME"] = SqlBase.Time,
    };

    /// <summary>True where values are numbers that can be ordered and cut into bins.</summary>
    public bool IsNumeric => Base is <= SqlBase.Decimal;

    /// <summary>True where values are whole numbers.</summary>
    public bool IsInteger => Base is <= SqlBase.BigInt;

    /// <summary>Reads a declared type.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="type">The type.</param>
    /// <param name="error">The error and its remedy.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out SqlType? type, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        type = null;
        var parts = Declaration().Match(text);
        if (!parts.Success || !Words.TryGetValue(parts.Groups["word"].Value, out var kind))
        {
            error = Unknown(text, parts.Groups["word"].Value);
            return false;
        }

        var first = Number(parts.Groups["first"]);
        var second = Number(parts.Groups["second"]);
        error = Fault(text, kind, first, second);
        type = error is null ? Of(kind, first, second) : null;
        return type is not null;
    }

    private static SqlType Of(SqlBase kind, int? first, int? second) => kind switch
    {
        SqlBase.Char => new(kind, first ?? 1),
        SqlBase.VarChar => new(kind, first ?? 255),
        SqlBase.Decimal => new(kind, first ?? 10, second ?? 0),
        _ => new(kind),
    };

    private static string? Fault(string text, SqlBase kind, int? first, int? second) => (kind, first, second) switch
    {
        (SqlBase.Char, not null, _) when first is < 1 or > 255 => $"\"{text}\": CHAR holds 1 to 255 characters",
        (SqlBase.VarChar, not null, _) when first is < 1 or > LongestText =>
            $"\"{text}\": VARCHAR holds 1 to {LongestText} characters; declare TEXT for longer values",
        (SqlBase.Decimal, not null, _) when first is < 1 or > MostDigits =>
            $"\"{text}\": DECIMAL has 1 to {MostDigits} digits",
        (SqlBase.Decimal, _, not null) when second > first || second > LargestScale =>
            $"\"{text}\": DECIMAL has at most {LargestScale} digits after the point, and at least as many in all",
        (SqlBase.Char or SqlBase.VarChar, _, not null) => $"\"{text}\" has two lengths; write one",
        _ => null,
    };

    private static string Unknown(string text, string word) =>
        Suggestion.For(word, Words.Keys) is { } meant && word.Length > 0
            ? $"\"{text}\" is not a column type; did you mean {meant}?"
            : $"\"{text}\" is not a column type; use {string.Join(", ", Words.Keys)}";

    private static int? Number(Group group) =>
        group.Success && int.TryParse(group.Value, CultureInfo.InvariantCulture, out var number) ? number
        : group.Success ? int.MaxValue : null;

    // MySQL also takes a display width, INT(11), which changes nothing.
    [GeneratedRegex(@"^\s*(?<word>[A-Za-z]+)\s*(\(\s*(?<first>\d+)\s*(,\s*(?<second>\d+)\s*)?\))?\s*$")]
    private static partial Regex Declaration();
}
