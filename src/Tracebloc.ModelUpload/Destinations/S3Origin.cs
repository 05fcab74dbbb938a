using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The origin of an object's bytes, as its user metadata keep it: equal origins are equal bytes.</summary>
internal static class S3Origin
{
    private const string OriginName = "model-upload-origin";

    private const string Sha256Name = "model-upload-sha256";

    /// <summary>The SHA-256 of address, version and length: metadata hold ASCII only.</summary>
    public static string Of(SourceFile file) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{file.Address}\n{file.Version}\n{file.Length}")));

    /// <summary>The SHA-256 that the source states; null where it states none.</summary>
    public static string? StatedBy(SourceFile file) =>
        file.Stated.FirstOrDefault(hash => hash.Kind == HashKind.Sha256)?.Hex;

    public static void Write(MetadataCollection metadata, string origin, string? sha256)
    {
        metadata[OriginName] = origin;
        if (sha256 is not null)
            metadata[Sha256Name] = sha256;
    }

    /// <summary>Null for an object of another writer.</summary>
    public static (string Origin, string? Sha256)? Read(MetadataCollection metadata) =>
        metadata[OriginName] is { Length: > 0 } origin
            ? (origin, metadata[Sha256Name] is { Length: 64 } sha256 ? sha256 : null)
            : null;
}
