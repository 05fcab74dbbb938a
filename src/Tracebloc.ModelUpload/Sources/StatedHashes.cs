using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// The hashes of a whole file in the headers of an answer; those of a part or of an encoded file are left out.
/// </summary>
internal static class StatedHashes
{
    public static IReadOnlyList<ContentHash> Of(WebAnswer answer)
    {
        if (WebEncoding.IsEncoded(answer))
            return [];
        var isWhole = answer.Status == 200;
        IEnumerable<ContentHash?> found =
        [
            .. Pairs(answer.Header("Repr-Digest")), // RFC 9530
            .. Pairs(answer.Header("Digest")), // RFC 3230: of the instance, also beside a part
            .. isWhole ? Pairs(answer.Header("Content-Digest")) : [],
            isWhole ? OfBase64(HashKind.Md5, answer.Header("Content-MD5")) : null,
            .. IsStoredEncoded(answer) ? [] : Pairs(answer.Header("x-goog-hash")), // Google Cloud Storage
            OfBase64(HashKind.Md5, answer.Header("x-ms-blob-content-md5")), // Azure
            OfHex(HashKind.Sha256, answer.Header("X-Checksum-Sha256")), // Artifactory, Nexus
        ];
        return [.. found.OfType<ContentHash>().Distinct()];
    }

    // Google's hash is over the stored bytes, and the store decodes them for a client that asks for identity.
    private static bool IsStoredEncoded(WebAnswer answer) =>
        answer.Header("x-goog-stored-content-encoding") is not (null or "" or "identity");

    /// <summary>Reads <c>sha-256=:BASE64:, md5=BASE64</c>.</summary>
    private static IEnumerable<ContentHash?> Pairs(string? header)
    {
        foreach (var pair in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && KindOf(pair[..equals]) is { } kind)
                yield return OfBase64(kind, pair[(equals + 1)..].Trim(':'));
        }
    }

    private static HashKind? KindOf(string algorithm) => algorithm.ToLowerInvariant() switch
    {
        "sha-256" => HashKind.Sha256,
        "sha-512" => HashKind.Sha512,
        "md5" => HashKind.Md5,
        "crc32c" => HashKind.Crc32C,
        _ => null,
    };

    private static ContentHash? OfBase64(HashKind kind, string? base64)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) && length == BytesOf(kind)
            ? new ContentHash(kind, Convert.ToHexStringLower(bytes.AsSpan(0, length)))
            : null;
    }

    private static ContentHash? OfHex(HashKind kind, string? hex) =>
        hex is not null && hex.Length == 2 * BytesOf(kind) && hex.All(char.IsAsciiHexDigit)
            ? new ContentHash(kind, hex.ToLowerInvariant())
            : null;

    private static int BytesOf(HashKind kind) => kind switch
    {
        HashKind.Sha256 => 32,
        HashKind.Sha512 => 64,
        HashKind.Md5 => 16,
        HashKind.Crc32C => 4,
        _ => -1,
    };
}
