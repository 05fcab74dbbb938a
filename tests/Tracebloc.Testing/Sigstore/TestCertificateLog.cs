using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Testing.Sigstore;

/// <summary>A certificate transparency log made in process (RFC 6962).</summary>
public sealed class TestCertificateLog : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    public byte[] Id => SHA256.HashData(PublicKey);

    /// <summary>The extension that promises to show a certificate, which is given without it.</summary>
    public X509Extension Promise(X509Certificate2 precertificate, X509Certificate2 issuer, DateTimeOffset at)
    {
        var body = new AsnReader(precertificate.RawData, AsnEncodingRules.DER).ReadSequence().PeekEncodedValue();
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        byte[] signed =
        [
            0, 0, .. time, 0, 1, .. SHA256.HashData(issuer.PublicKey.ExportSubjectPublicKeyInfo()),
            (byte)(body.Length >> 16), .. Length(body.Length), .. body.Span, 0, 0,
        ];
        var signature = _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        byte[] promise = [0, .. Id, .. time, 0, 0, 4, 3, .. Vector(signature)];
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(Vector(Vector(promise)));
        return new X509Extension("1.3.6.1.4.1.11129.2.4.2", writer.Encode(), critical: false);
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Vector(byte[] content) => [.. Length(content.Length), .. content];

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];
}
