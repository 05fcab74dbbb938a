using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// The names of files before their publication. They hold which version of which file it is, so that a later run goes
/// on with it, and for a whole file also its SHA-256.
/// </summary>
internal static class StagedName
{
    private const int KeyDigits = 32;
    private const string Partial = "part-", Whole = "done-";

    public static string Part(SourceFile file) => Partial + Key(file);

    public static string Done(SourceFile file, Digest content) => $"{Whole}{Key(file)}-{content.Hex}";

    /// <summary>The digest of a whole file by its name; null for another file or part.</summary>
    public static Digest? Content(string name, SourceFile file)
    {
        var start = $"{Whole}{Key(file)}-";
        return name.StartsWith(start, StringComparison.Ordinal)
            && Digest.TryParse($"sha256:{name[start.Length..]}", out var digest) ? digest : null;
    }

    /// <summary>The key in a name; empty for a foreign name.</summary>
    public static string KeyOf(string name) =>
        name.Length >= Whole.Length + KeyDigits && (name.StartsWith(Partial, StringComparison.Ordinal)
            || name.StartsWith(Whole, StringComparison.Ordinal)) ? name[Whole.Length..][..KeyDigits] : "";

    public static string Key(SourceFile file)
    {
        var length = file.Length?.ToString(CultureInfo.InvariantCulture);
        var text = string.Join('\0', file.Path.Text, file.Address, file.Version, length);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..KeyDigits];
    }
}
