using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>The type of a column, as SQL and information_schema write it.</summary>
/// <param name="Word">In lower case: <c>varchar</c>.</param>
/// <param name="Size">The characters of a varchar, the digits of a datetime's fraction; 0 elsewhere.</param>
/// <param name="IsUnsigned">True for numbers without a sign.</param>
internal sealed partial record SqlType(string Word, int Size, bool IsUnsigned)
{
    // From the narrowest to the widest.
    private static readonly string[] Integers = ["tinyint", "smallint", "mediumint", "int", "bigint"];
    private static readonly string[] Texts = ["char", "varchar", "tinytext", "text", "mediumtext", "longtext"];
    private static readonly string[] Blobs = ["tinyblob", "blob", "mediumblob", "longblob"];
    private static readonly string[] Times = ["timestamp", "datetime"];
    private static readonly string[][] Families = [Integers, Texts, Blobs, Times];

    public static SqlType Parse(string text)
    {
        var match = Form().Match(text.ToLowerInvariant());
        var word = match.Groups["word"].Value;
        var size = match.Groups["size"].Value;
        return new SqlType(
            word,
            // Numbers have a width of display, which older servers write and newer ones do not.
            size.Length == 0 || Integers.Contains(word) ? 0 : int.Parse(size, CultureInfo.InvariantCulture),
            text.Contains("unsigned", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True where every value of the other type has room.</summary>
    public bool Covers(SqlType other) => other.Word switch
    {
        // MariaDB has no type for JSON.
        "json" => Word is "json" or "longtext",
        "varchar" or "datetime" => Word == other.Word && Size >= other.Size,
        _ => FamilyOf(Word) is { } family && family == FamilyOf(other.Word)
            && Array.IndexOf(family, Word) >= Array.IndexOf(family, other.Word) && IsUnsigned == other.IsUnsigned,
    };

    /// <summary>True where the server makes values of the one type into the other's without a loss.</summary>
    public bool IsLike(SqlType other) =>
        other.Word == "json" ? Word is "json" or "longtext"
        : FamilyOf(Word) is { } family && family == FamilyOf(other.Word) && IsUnsigned == other.IsUnsigned;

    /// <summary>As SQL writes it.</summary>
    public override string ToString() =>
        (Size > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Word}({Size})") : Word).ToUpperInvariant()
        + (IsUnsigned ? " UNSIGNED" : "");

    private static string[]? FamilyOf(string word) => Families.FirstOrDefault(family => family.Contains(word));

    [GeneratedRegex(@"^(?<word>[a-z]+)(\((?<size>\d+)\))?")]
    private static partial Regex Form();
}
