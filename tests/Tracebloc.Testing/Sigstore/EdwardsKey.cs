using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tracebloc.Testing.Sigstore;

/// <summary>A key pair of Ed25519 (RFC 8032 section 5.1.5).</summary>
public sealed class EdwardsKey
{
    private readonly byte[] _seed;

    public EdwardsKey(byte[] seed)
    {
        _seed = seed;
        Ed25519.GeneratePublicKey(seed, 0, PublicKey, 0);
    }

    public byte[] PublicKey { get; } = new byte[Ed25519.PublicKeySize];

    public byte[] Encoded => Encode(PublicKey);

    /// <summary>A public key as a SubjectPublicKeyInfo (RFC 8410), whatever its bytes are.</summary>
    public static byte[] Encode(byte[] key) =>
    [
        0x30, (byte)(key.Length + 10), 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70,
        0x03, (byte)(key.Length + 1), 0x00, .. key,
    ];

    public byte[] Sign(byte[] message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }
}
