using System.Security.Cryptography;

namespace Tracebloc.Cli.Runs;

/// <summary>
/// The keys of pushes: the table, the content, and a random end. Two pushes of the same content have keys that show it.
/// </summary>
internal static class RunKey
{
    private const int DigestDigits = 16, RandomDigits = 8, Longest = 64;

    private const int LongestTable = Longest - DigestDigits - RandomDigits - 2;

    /// <summary>A new key.</summary>
    /// <param name="table">The table; a long name is cut.</param>
    /// <param name="digest">The digest of the content in hexadecimal digits.</param>
    public static string New(string table, string digest) =>
        $"{Stem(table, digest)}-{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}";

    /// <summary>True for the key of a push of this content.</summary>
    public static bool IsOf(string key, string table, string digest) =>
        key.Length == Stem(table, digest).Length + 1 + RandomDigits
        && key.StartsWith($"{Stem(table, digest)}-", StringComparison.Ordinal)
        && key[^RandomDigits..].All(char.IsAsciiHexDigitLower);

    /// <summary>The name of the folder in which the content is staged.</summary>
    public static string FolderOf(string table, string digest) => $"{table}-{digest[..DigestDigits]}";

    private static string Stem(string table, string digest) =>
        $"{(table.Length > LongestTable ? table[..LongestTable] : table)}-{digest[..DigestDigits]}";
}
