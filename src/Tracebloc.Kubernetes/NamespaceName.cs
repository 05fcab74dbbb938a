using System.Buffers;

namespace Tracebloc.Kubernetes;

/// <summary>The name of a namespace: an RFC 1123 label (apimachinery's <c>IsDNS1123Label</c>).</summary>
internal static class NamespaceName
{
    private const int MaxLength = 63;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    internal static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Characters)
        && name[0] != '-' && name[^1] != '-';

    /// <summary>What to say of a name that is none.</summary>
    internal static string Fault(string name) =>
        $"'{name}' is no name of a namespace: lower-case letters, digits, dashes inside, {MaxLength} at most";
}
