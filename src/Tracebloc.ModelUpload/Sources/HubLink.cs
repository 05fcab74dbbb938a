namespace Tracebloc.ModelUpload.Sources;

/// <summary>Links to further pages (RFC 8288).</summary>
internal static class HubLink
{
    /// <summary>The address of <c>&lt;…&gt;; rel="next"</c>; null on the last page.</summary>
    /// <param name="page">The address of this page, to which the link may be relative.</param>
    /// <param name="header"><c>Link</c>; null where there is none.</param>
    public static Uri? NextOf(Uri page, string? header)
    {
        foreach (var link in (header ?? "").Split('<', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (end > 0 && IsNext(link[(end + 1)..]) && Uri.TryCreate(page, link[..end], out var next))
                return next;
        }
        return null;
    }

    private static bool IsNext(string parameters) => parameters.Split(';', ',').Any(
        parameter => parameter.Trim() is "rel=next" or "rel=\"next\"");
}
