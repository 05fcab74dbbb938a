using System.Numerics;
using System.Security.Cryptography;

namespace Tracebloc.Signatures.Tests;

/// <summary>Signs with Ed25519 (RFC 8032 section 5.1.6). For tests only: its time tells the key.</summary>
internal sealed class EdwardsSigner
{
    private readonly BigInteger _secret;
    private readonly byte[] _prefix;

    public EdwardsSigner(byte[] seed)
    {
        var hash = SHA512.HashData(seed);
        _prefix = hash[32..];
        hash[0] &= 248;
        hash[31] = (byte)((hash[31] & 127) | 64);
        _secret = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
        PublicKey = Encode(_secret * EdwardsPoint.Base);
    }

    public byte[] PublicKey { get; }

    /// <summary>The key as a SubjectPublicKeyInfo (RFC 8410).</summary>
    public byte[] Encoded => [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00, .. PublicKey];

    public byte[] Sign(byte[] message)
    {
        var r = new BigInteger(SHA512.HashData([.. _prefix, .. message]), isUnsigned: true) % EdwardsPoint.Order;
        var commitment = Encode(r * EdwardsPoint.Base);
        var s = (r + (Ed25519.Challenge(commitment, PublicKey, message) * _secret)) % EdwardsPoint.Order;
        return [.. commitment, .. LittleEndian(s)];
    }

    private static byte[] Encode(EdwardsPoint point)
    {
        var scale = EdwardsPoint.Invert(point.Z);
        var bytes = LittleEndian(EdwardsPoint.Mod(point.Y * scale));
        bytes[31] |= (byte)(EdwardsPoint.Mod(point.X * scale).IsEven ? 0 : 128);
        return bytes;
    }

    private static byte[] LittleEndian(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
