namespace Tracebloc.Registry;

/// <summary>
/// Lists of the manifests that refer to another, as registries serve them (OCI distribution spec, listing referrers).
/// </summary>
internal static class Referrers
{
    /// <summary>
    /// The tag that holds the list where there is no API for it: algorithm and digits, cut to 32 and 64 characters.
    /// </summary>
    public static string TagOf(Digest subject) => $"{subject.Algorithm}-{subject.Hex[..64]}";

    /// <summary>
    /// True for an answer that means a missing API. The specification has 404 for it; registries that take the
    /// path for something else answer with one of the others, or with a page (go-containerregistry keeps such a list).
    /// </summary>
    public static bool AreUnknownTo(Reply reply) =>
        reply.Status is 400 or 404 or 405 or 406 or 501
        || (reply.Status == 200 && ManifestMedia.TypeOf(reply) != "application/vnd.oci.image.index.v1+json");

    /// <summary>The next page's address from <c>Link: &lt;…&gt;; rel="next"</c> (RFC 8288); null on the last.</summary>
    public static Uri? NextOf(Reply reply)
    {
        var link = reply.Lines("Link").FirstOrDefault(line => line.Contains("next", StringComparison.Ordinal)) ?? "";
        var (start, end) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
        return start >= 0 && end > start && Uri.TryCreate(reply.Uri, link[(start + 1)..end], out var next)
            ? next
            : null;
    }
}
