using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tracebloc.Signatures;

/// <summary>A public key that signatures are verified with: ECDSA on P-256 or P-384, or Ed25519.</summary>
internal sealed class VerificationKey
{
    private const string EllipticCurve = "1.2.840.10045.2.1", Edwards25519 = "1.3.101.112";
    private const string Kinds = "ECDSA P-256, ECDSA P-384 and Ed25519 are verified";

    // The framework's search for a block takes the square of the text's length.
    private const int MaxPemLength = 64 * 1024;

    private readonly byte[] _encoded;

    /// <summary>
    /// The accepted hashes of ECDSA; none for Ed25519. A P-384 key goes with SHA-384 (sigstore's algorithm registry),
    /// yet cosign hashed with SHA-256 whatever the curve (sigstore/cosign #5064).
    /// </summary>
    private readonly HashAlgorithmName[] _hashes;

    private VerificationKey(byte[] encoded, params HashAlgorithmName[] hashes) =>
        (_encoded, _hashes) = (encoded, hashes);

    /// <summary>The key in a PEM text, or null and the reason, which never repeats the text.</summary>
    public static VerificationKey? ReadPem(ReadOnlySpan<char> pem, out string? fault)
    {
        fault = "it holds no PEM block; write cosign's public key file there";
        if (pem.Length > MaxPemLength)
        {
            fault = $"it holds more than {MaxPemLength / 1024} KiB, which no public key does";
            return null;
        }
        if (!PemEncoding.TryFind(pem, out var block))
            return null;
        var label = pem[block.Label].ToString();
        if (label == "PUBLIC KEY")
            return Read(Convert.FromBase64String(pem[block.Base64Data].ToString()), out fault);
        fault = label.Contains("PRIVATE", StringComparison.Ordinal)
            ? "it holds a private key, which must not be here; write the public key there"
            : $"it holds a {label}, not a PUBLIC KEY; write cosign's public key file there";
        return null;
    }

    /// <summary>The key in a SubjectPublicKeyInfo (RFC 5280), or null and the reason.</summary>
    public static VerificationKey? Read(ReadOnlySpan<byte> encoded, out string? fault)
    {
        fault = null;
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(encoded, out var length);
            if (length == encoded.Length)
                return Read(key, encoded, out fault);
        }
        catch (CryptographicException)
        {
            // The exception names OpenSSL's functions, which do not help an operator.
        }
        fault = "it is not a public key as RFC 5280 encodes one";
        return null;
    }

    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (_hashes is [])
            return VerifiesEdwards(message, signature);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(_encoded, out _);
        foreach (var hash in _hashes)
            if (ecdsa.VerifyData(message, signature, hash, DSASignatureFormat.Rfc3279DerSequence))
                return true;
        return false;
    }

    private static VerificationKey? Read(PublicKey key, ReadOnlySpan<byte> encoded, out string? fault)
    {
        if (key.Oid.Value == Edwards25519)
            return ReadEdwards(key.EncodedKeyValue.RawData, out fault);
        var hashes = key.Oid.Value == EllipticCurve ? HashesOf(encoded) : [];
        fault = hashes is [] ? $"it is of another kind ({key.Oid.FriendlyName ?? key.Oid.Value}); {Kinds}" : null;
        return fault is null ? new VerificationKey(encoded.ToArray(), hashes) : null;
    }

    private static HashAlgorithmName[] HashesOf(ReadOnlySpan<byte> encoded)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(encoded, out _);
        return ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value switch
        {
            "1.2.840.10045.3.1.7" => [HashAlgorithmName.SHA256],
            "1.3.132.0.34" => [HashAlgorithmName.SHA384, HashAlgorithmName.SHA256],
            _ => [],
        };
    }

    // Points of small order are no keys either: one signature by such a key fits many messages.
    private static VerificationKey? ReadEdwards(byte[] key, out string? fault)
    {
        fault = key.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyPartial(key, 0)
            ? null
            : "it is not a point of edwards25519";
        return fault is null ? new VerificationKey(key) : null;
    }

    /// <summary>By RFC 8032 section 5.1.7; .NET has no Ed25519.</summary>
    private bool VerifiesEdwards(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize
            && Ed25519.Verify(signature.ToArray(), 0, _encoded, 0, message.ToArray(), 0, message.Length);
}
