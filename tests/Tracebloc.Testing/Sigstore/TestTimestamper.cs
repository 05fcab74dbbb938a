using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Testing.Sigstore;

/// <summary>A timestamp authority made in process (RFC 3161).</summary>
public sealed class TestTimestamper : IDisposable
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly X509Certificate2 _signer;

    public TestTimestamper(
        TestAuthority authority,
        string purpose = "1.3.6.1.5.5.7.3.8",
        byte serial = 2,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null)
    {
        var request = TestAuthority.Request(new X500DistinguishedName("CN=timestamper"), _key);
        request.CertificateExtensions.Add(TestAuthority.Purpose(purpose));
        Certificate = authority.Issue(request, from ?? TestAuthority.From, until ?? TestAuthority.Until, serial);
        _signer = Certificate.CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>True when its tokens hold the certificate, as those of public authorities do.</summary>
    public bool IncludesCertificate { get; init; }

    /// <summary>A response with a token, or with the status that stands for a refusal.</summary>
    public byte[] Stamp(byte[] signature, DateTimeOffset at, int status = 0) =>
        Answer(SHA256.HashData(signature), nonce: null, at, status);

    /// <summary>The same for a request that gives the hash, and a number of its own or none.</summary>
    public byte[] Answer(byte[] hash, byte[]? nonce, DateTimeOffset at, int status = 0)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteInteger(status);
            writer.WriteEncodedValue(Token(hash, nonce, at));
        }
        return writer.Encode();
    }

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    private byte[] Token(byte[] hash, byte[]? nonce, DateTimeOffset at)
    {
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), Info(hash, nonce, at)));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _signer)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = IncludesCertificate ? X509IncludeOption.EndCertOnly : X509IncludeOption.None,
            SignedAttributes = { new AsnEncodedData("1.2.840.113549.1.9.16.2.47", SigningCertificate()) },
        };
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    /// <summary>TSTInfo: version, policy, imprint, serial number, time and nonce.</summary>
    private static byte[] Info(byte[] hash, byte[]? nonce, DateTimeOffset at)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.3.6.1.4.1.57264.2");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(Sha256);
                writer.WriteOctetString(hash);
            }
            writer.WriteInteger(4711);
            writer.WriteGeneralizedTime(at, omitFractionalSeconds: true);
            if (nonce is not null)
                writer.WriteInteger(nonce);
        }
        return writer.Encode();
    }

    /// <summary>SigningCertificateV2 (RFC 5035), which ties the token to the certificate.</summary>
    private byte[] SigningCertificate()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(Certificate.RawData));
        return writer.Encode();
    }
}
