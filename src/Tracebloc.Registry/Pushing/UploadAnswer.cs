using System.Globalization;

namespace Tracebloc.Registry.Pushing;

/// <summary>The parts of an answer to a request of an upload (OCI distribution spec, pushing a blob).</summary>
internal static class UploadAnswer
{
    /// <summary>
    /// The upload's new address; null when the answer names none. A proxy that ends TLS makes registries write http, or
    /// drop the port: at the same host the request's own scheme and port hold.
    /// </summary>
    public static Uri? LocationOf(Reply reply)
    {
        var line = reply.Lines("Location").FirstOrDefault();
        if (string.IsNullOrWhiteSpace(line) || !Uri.TryCreate(reply.Uri, line, out var location))
            return null;
        var asked = reply.Uri;
        var isOwn = location.Host == asked.Host && asked.Scheme == "https"
            && (location.Scheme == "http" || location.IsDefaultPort);
        return isOwn
            ? new UriBuilder(location) { Scheme = asked.Scheme, Port = asked.IsDefaultPort ? -1 : asked.Port }.Uri
            : location;
    }

    /// <summary>
    /// The bytes that the registry has, from <c>Range: 0-1023</c>; null when it does not state them. <c>0-0</c> is
    /// nothing and one byte alike with distribution, and counts as nothing.
    /// </summary>
    public static long? StoredBytesOf(Reply reply)
    {
        var line = reply.Lines("Range").FirstOrDefault() ?? "";
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !long.TryParse(line.AsSpan(dash + 1), CultureInfo.InvariantCulture, out var last) || last < 0)
            return null;
        return last == 0 ? 0 : last + 1;
    }

    /// <summary>The bytes of the smallest chunk but the last; null where it is not stated.</summary>
    public static long? MinChunkOf(Reply reply) => long.TryParse(
        reply.Lines("OCI-Chunk-Min-Length").FirstOrDefault(), CultureInfo.InvariantCulture, out var least)
        && least > 0
            ? least
            : null;

    /// <summary>The address that ends the upload, its own query kept.</summary>
    public static Uri WithDigest(Uri location, Digest digest)
    {
        var query = location.Query is "" or "?" ? "" : location.Query[1..] + "&";
        return new UriBuilder(location) { Query = $"{query}digest={Uri.EscapeDataString(digest.ToString())}" }.Uri;
    }
}
