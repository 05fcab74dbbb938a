using System.Numerics;
using System.Security.Cryptography;

namespace Tracebloc.Signatures;

/// <summary>
/// Verifies Ed25519 signatures (RFC 8032 section 5.1.7), for which .NET has no API. Key, message and signature are
/// public, so nothing here has to take the same time for every input.
/// </summary>
internal static class Ed25519
{
    public const int SignatureSize = 64;

    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.Length != EdwardsPoint.Size || signature.Length != SignatureSize)
            return false;
        var commitment = signature[..EdwardsPoint.Size];
        var s = new BigInteger(signature[EdwardsPoint.Size..], isUnsigned: true);
        if (EdwardsPoint.Decode(key) is not { } a || EdwardsPoint.Decode(commitment) is not { } r
            || s >= EdwardsPoint.Order)
            return false;
        return s * EdwardsPoint.Base == r + (Challenge(commitment, key, message) * a);
    }

    /// <summary>The number that ties the signature to this key and message.</summary>
    public static BigInteger Challenge(
        ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(commitment);
        hash.AppendData(key);
        hash.AppendData(message);
        return new BigInteger(hash.GetHashAndReset(), isUnsigned: true) % EdwardsPoint.Order;
    }
}
