using System.Security.Cryptography;

namespace Tracebloc.Signatures.Signing;

/// <summary>A private key that signs: ECDSA on P-256.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        PublicKeyInfo = key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The public half as a SubjectPublicKeyInfo (RFC 5280).</summary>
    public ReadOnlyMemory<byte> PublicKeyInfo { get; }

    /// <summary>The public half in PEM, as <see cref="SignaturePolicy.OfKey"/> reads it.</summary>
    public string PublicKeyPem => PemEncoding.WriteString("PUBLIC KEY", PublicKeyInfo.Span);

    /// <summary>The name of the key in bundles: the base64 of its SHA-256, as sigstore-go names keys.</summary>
    internal string Hint => Convert.ToBase64String(SHA256.HashData(PublicKeyInfo.Span));

    /// <summary>
    /// The key in a PEM text: PKCS#8, encrypted or not, SEC 1 (<c>EC PRIVATE KEY</c>), or cosign's encrypted key.
    /// </summary>
    /// <param name="pem">The text.</param>
    /// <param name="password">The password of an encrypted key; null: none.</param>
    /// <param name="fault">The reason why there is no key, without any of the text; null when there is.</param>
    /// <returns>Null when the text holds no key that can sign.</returns>
    public static SigningKey? Read(ReadOnlySpan<char> pem, string? password, out string? fault)
    {
        var key = ECDsa.Create();
        fault = PrivateKeyPem.Import(key, pem, password) ?? FaultOf(key);
        if (fault is null)
            return new SigningKey(key);
        key.Dispose();
        return null;
    }

    /// <summary>Deletes the key from memory.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>A new key, for one signature.</summary>
    internal static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A signature by SHA-256, in DER.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> message) =>
        _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static string? FaultOf(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == "1.2.840.10045.3.1.7"
            ? null
            : "it is not on the curve P-256, which is needed";
}
