using System.Security.Cryptography;

namespace Tracebloc.ModelUpload.Models;

/// <summary>The hasher of each kind.</summary>
internal static class ContentHasher
{
    /// <param name="kind">The algorithm.</param>
    /// <param name="length">The bytes that will pass, which a Git blob's hash begins with.</param>
    /// <returns>Null for a Git blob of unknown length.</returns>
    public static IContentHasher? Of(HashKind kind, long? length) => kind switch
    {
        HashKind.Sha256 => new CryptographicHasher(HashAlgorithmName.SHA256),
        HashKind.Sha512 => new CryptographicHasher(HashAlgorithmName.SHA512),
        HashKind.Md5 => new CryptographicHasher(HashAlgorithmName.MD5),
        HashKind.Crc32C => new Crc32CHasher(),
        HashKind.Crc64Nvme => new Crc64NvmeHasher(),
        _ => length is { } bytes ? CryptographicHasher.OfGitBlob(bytes) : null,
    };
}
