using System.Text;
using System.Text.RegularExpressions;

namespace Tracebloc.Ingestion.Staging;

/// <summary>The paths that a transfer may name. Both sides check them, before any of them is used.</summary>
public static partial class StagedPath
{
    /// <summary>The most bytes of a path.</summary>
    public const int LongestPath = 1024;

    private const int LongestName = 255, Deepest = 16;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>True for the name of a staging folder: letters, digits, <c>_</c> and <c>-</c>, at most 128.</summary>
    public static bool IsFolder(string? name) => name is not null && FolderName().IsMatch(name);

    /// <summary>The fault of a path; null for none.</summary>
    /// <param name="path">A path below the folder.</param>
    public static string? FaultOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0) return "it is empty";
        if (path.Any(letter => letter < ' ' || letter == '\u007f')) return "it has a control character";
        if (path.Contains('\\', StringComparison.Ordinal)) return "it has a backslash";
        if (!IsUnicode(path)) return "it is not Unicode";
        if (Strict.GetByteCount(path) > LongestPath) return $"it is longer than {LongestPath} bytes";
        var names = path.Split('/');
        if (names.Length > Deepest) return $"it has more than {Deepest} folders";
        return names.Select(FaultOfName).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOfName(string name) => name switch
    {
        "" => "it is absolute, or a name in it is empty",
        "." or ".." => $"it has the name {name}",
        _ when Strict.GetByteCount(name) > LongestName => $"a name in it is longer than {LongestName} bytes",
        _ => null,
    };

    // A file whose name is no UTF-8 has letters that stand for nothing.
    private static bool IsUnicode(string path)
    {
        for (var at = 0; at < path.Length; at++)
            if (char.IsSurrogate(path[at]) && (at + 1 == path.Length || !char.IsSurrogatePair(path[at], path[++at])))
                return false;
        return !path.Contains('\ufffd', StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_-]{0,127}\z")]
    private static partial Regex FolderName();
}
