using Amazon.S3;
using Amazon.S3.Model;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// The hashes of whole objects among what S3 states; those of parts put together are none of the content.
/// </summary>
internal static class S3Hashes
{
    private const int Md5Digits = 32;

    /// <summary>The best one: SHA-256, else a checksum that costs least, else the entity tag; empty for none.</summary>
    public static IReadOnlyList<ContentHash> Of(GetObjectMetadataResponse answer)
    {
        if (answer.ChecksumType != ChecksumType.COMPOSITE)
            foreach (var (kind, text) in new[]
            {
                (HashKind.Sha256, answer.ChecksumSHA256),
                (HashKind.Crc64Nvme, answer.ChecksumCRC64NVME),
                (HashKind.Crc32C, answer.ChecksumCRC32C),
            })
                if (Hex(text) is { } hex)
                    return [new ContentHash(kind, hex)];
        return Md5Of(answer.ETag, answer.ServerSideEncryptionMethod) is { } md5
            ? [new ContentHash(HashKind.Md5, md5)]
            : [];
    }

    /// <summary>
    /// The MD5 that an entity tag is; null for one of several parts or of a service's own encryption.
    /// </summary>
    public static string? Md5Of(string? tag, ServerSideEncryptionMethod? encryption)
    {
        var isPlain = encryption is null || encryption == ServerSideEncryptionMethod.None
            || encryption == ServerSideEncryptionMethod.AES256;
        var hex = S3Entry.Bare(tag).ToLowerInvariant();
        return isPlain && hex.Length == Md5Digits && hex.All(char.IsAsciiHexDigitLower) ? hex : null;
    }

    // COMPOSITE ones end in the number of their parts.
    private static string? Hex(string? text)
    {
        var bytes = new byte[64];
        return !string.IsNullOrEmpty(text) && !text.Contains('-', StringComparison.Ordinal)
            && Convert.TryFromBase64String(text, bytes, out var count)
                ? Convert.ToHexStringLower(bytes.AsSpan(0, count))
                : null;
    }
}
