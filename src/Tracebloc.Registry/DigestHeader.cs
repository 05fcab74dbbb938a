namespace Tracebloc.Registry;

/// <summary><c>Docker-Content-Digest</c> as a registry sent it: a digest, nothing, or something that is none.</summary>
internal readonly record struct DigestHeader(Digest? Digest, bool IsInvalid)
{
    // Proxies double the line; two equal values are accepted. Upper-case digits mean the same bytes, and
    // lowered they cannot look like a change.
    public static DigestHeader Of(Reply reply)
    {
        Digest? found = null;
        foreach (var line in reply.Lines("Docker-Content-Digest"))
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var isDigest = Digest.TryParse(line.Trim().ToLowerInvariant(), out var digest);
            if (!isDigest || (found is not null && found != digest))
                return new DigestHeader(null, true);
            found = digest;
        }
        return new DigestHeader(found, false);
    }
}
