using System.Security.Cryptography;

namespace Tracebloc.Signatures;

/// <summary>
/// A hash and how it was made, in the words of protobuf (<c>SHA2_256</c>) or of Rekor's own entries (<c>sha256</c>).
/// </summary>
internal sealed record HashOutput
{
    public required string Algorithm { get; init; }

    public required byte[] Digest { get; init; }

    /// <summary>True when it is the hash of that content; false for an unknown algorithm.</summary>
    public bool IsOf(ReadOnlySpan<byte> content) => Digest.AsSpan().SequenceEqual(Algorithm switch
    {
        "SHA2_256" or "sha256" => SHA256.HashData(content),
        "SHA2_384" or "sha384" => SHA384.HashData(content),
        "SHA2_512" or "sha512" => SHA512.HashData(content),
        _ => null,
    }) && Digest.Length > 0;
}
