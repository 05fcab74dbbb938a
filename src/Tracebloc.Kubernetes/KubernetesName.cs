namespace Tracebloc.Kubernetes;

/// <summary>The names that Kubernetes accepts (apimachinery's <c>validation.go</c>).</summary>
public static class KubernetesName
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    /// <summary>An RFC 1123 label: lower-case letters, digits and dashes, letters and digits at both ends.</summary>
    /// <param name="name">The text to check.</param>
    /// <param name="longest">The maximum length.</param>
    public static bool IsLabel(ReadOnlySpan<char> name, int longest = LongestLabel)
    {
        if (name.IsEmpty || name.Length > longest || name[0] == '-' || name[^1] == '-') return false;
        foreach (var character in name)
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-') return false;
        return true;
    }

    /// <summary>An RFC 1123 subdomain: labels with dots between them.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestSubdomain) return false;
        for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.'))
        {
            if (!IsLabel(name[..dot], LongestSubdomain)) return false;
            name = name[(dot + 1)..];
        }

        return IsLabel(name, LongestSubdomain);
    }

    /// <summary>The fault of a namespace's name that is no label.</summary>
    internal static string NamespaceFault(string name) =>
        $"'{name}' is no name of a namespace: lower-case letters, digits, dashes inside, {LongestLabel} at most";

    /// <summary>A variable's name: letters, digits, <c>- _ .</c>, no digit first.</summary>
    public static bool IsVariable(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0])) return false;
        foreach (var character in name)
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.')) return false;
        return true;
    }
}
