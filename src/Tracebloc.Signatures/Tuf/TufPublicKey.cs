using System.Security.Cryptography;

namespace Tracebloc.Signatures.Tuf;

/// <summary>A key of a root: ECDSA and RSA in PEM, Ed25519 in hexadecimal digits (TUF 1.0, section 4.2).</summary>
internal sealed class TufPublicKey
{
    private const int EdwardsSize = 32;

    // RFC 8410: the SubjectPublicKeyInfo of an Ed25519 key begins with these bytes.
    private static readonly byte[] EdwardsStart =
        [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    private readonly VerificationKey? _key;
    private readonly byte[] _rsa;

    private TufPublicKey(VerificationKey? key, byte[] rsa) => (_key, _rsa) = (key, rsa);

    /// <summary>The key; null where its kind is not verified.</summary>
    public static TufPublicKey? Of(TufKey key) => (key.KeyType, key.Scheme) switch
    {
        ("ecdsa" or "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") =>
            Of(VerificationKey.ReadPem(key.Value.Public, out _)),
        ("ed25519", "ed25519") when Decoding.Hex(key.Value.Public) is { Length: EdwardsSize } raw =>
            Of(VerificationKey.Read([.. EdwardsStart, .. raw], out _)),
        ("rsa", "rsassa-pss-sha256") => OfRsa(key.Value.Public),
        _ => null,
    };

    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (_key is not null)
            return _key.Verifies(message, signature);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(_rsa, out _);
        return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    private static TufPublicKey? Of(VerificationKey? key) => key is null ? null : new TufPublicKey(key, []);

    private static TufPublicKey? OfRsa(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var block) || !pem.AsSpan()[block.Label].SequenceEqual("PUBLIC KEY"))
            return null;
        var encoded = Convert.FromBase64String(pem[block.Base64Data]);
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(encoded, out _);
            return new TufPublicKey(null, encoded);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
