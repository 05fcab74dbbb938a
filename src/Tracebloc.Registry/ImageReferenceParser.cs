namespace Tracebloc.Registry;

/// <summary>Grammar and normalisation of distribution/reference, with a message for each way to miss them.</summary>
internal static partial class ImageReferenceParser
{
    private const string Example = "ghcr.io/owner/name:tag";

    /// <summary>The reference, or null and the reason in <paramref name="error"/>.</summary>
    public static ImageReference? Parse(string? text, out string? error)
    {
        if (string.IsNullOrEmpty(text))
        {
            error = $"the image reference is empty; write one such as {Example}";
            return null;
        }
        error = CharacterFault(text) ?? KindFault(text);
        return error is null ? ParseDigest(text, out error) : null;
    }

    private static ImageReference? ParseDigest(string text, out string? error)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return ParseName(text, null, out error);
        var digest = Digest.Read(text[(at + 1)..], out error);
        return digest is null ? null : ParseName(text[..at], digest, out error);
    }

    private static ImageReference? ParseName(string name, Digest? digest, out string? error)
    {
        var (domain, remainder) = SplitDomain(name);
        var (path, tag) = SplitTag(remainder);
        if (domain == "docker.io" && path.Length > 0 && !path.Contains('/', StringComparison.Ordinal))
            path = $"library/{path}";
        error = DomainFault(domain) ?? PathFault(path) ?? TagFault(tag);
        return error is null
            ? new ImageReference(domain, path, tag ?? (digest is null ? "latest" : null), digest)
            : null;
    }

    private static (string Domain, string Remainder) SplitDomain(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IsDomain(name.AsSpan(0, slash)))
            return ("docker.io", name);
        var domain = name[..slash];
        return (domain == "index.docker.io" ? "docker.io" : domain, name[(slash + 1)..]);
    }

    private static bool IsDomain(ReadOnlySpan<char> segment) =>
        segment is "localhost" || segment.ContainsAny('.', ':') || segment.ContainsAnyInRange('A', 'Z');

    private static (string Path, string? Tag) SplitTag(string remainder)
    {
        var colon = remainder.IndexOf(':', remainder.LastIndexOf('/') + 1);
        return colon < 0 ? (remainder, null) : (remainder[..colon], remainder[(colon + 1)..]);
    }
}
