using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Database;

/// <summary>
/// Names of locks, which a server shares among all its databases and limits to 64 characters, and of what a lock keeps.
/// </summary>
public static class LockName
{
    private const int HexDigits = 40;

    /// <summary>The name for a subject: a prefix for people, and a hash of the subject's parts.</summary>
    /// <param name="prefix">At most 24 characters, <c>tracebloc/</c>.</param>
    /// <param name="parts">Such as database and table; no two lists of parts share a name.</param>
    public static string Of(string prefix, params IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var subject = string.Concat(parts.Select(part => $"{part.Length}:{part}"));
        return prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..HexDigits];
    }
}
