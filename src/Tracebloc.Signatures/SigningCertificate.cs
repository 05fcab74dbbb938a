using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tracebloc.Signatures;

/// <summary>
/// The certificate that Fulcio issued to a signer for some minutes (sigstore/fulcio, docs/certificate-specification.md
/// and docs/oid-info.md).
/// </summary>
internal sealed class SigningCertificate : IDisposable
{
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private const string SubjectAlternativeName = "2.5.29.17", UserName = "1.3.6.1.4.1.57264.1.7";
    private const string Issuer = "1.3.6.1.4.1.57264.1.8", FormerIssuer = "1.3.6.1.4.1.57264.1.1";

    private const int MaxSize = 32 * 1024;

    private static readonly Asn1Tag OtherName = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Mail = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    private SigningCertificate(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate of these bytes, or null and the reason.</summary>
    public static SigningCertificate? Read(byte[] encoded, out string? fault)
    {
        fault = "the certificate is larger than 32 KiB, which none of Fulcio's is";
        if (encoded.Length > MaxSize)
            return null;
        try
        {
            fault = null;
            var certificate = X509CertificateLoader.LoadCertificate(encoded);
            if (certificate.RawDataMemory.Span.SequenceEqual(encoded))
                return new SigningCertificate(certificate);
            certificate.Dispose();
        }
        catch (CryptographicException)
        {
            // The exception names OpenSSL's functions, which do not help an operator.
        }
        fault = "the certificate cannot be read";
        return null;
    }

    /// <summary>The reason why this is not the certificate of that identity by that issuer, or null.</summary>
    public string? FaultOfIdentity(string issuer, string identity)
    {
        var (given, names) = (ReadIssuer(), ReadNames());
        if (given != issuer)
            return $"the signer's identity was issued by {given ?? "an unnamed issuer"}, not {issuer}";
        return names is [var name] && name == identity
            ? null
            : $"the signer is {(names is [] ? "not named" : string.Join(" and ", names))}, not {identity}";
    }

    /// <summary>The reason why the signature was not made with the certificate's key, or null.</summary>
    public string? FaultOfSignature(SignedContent content)
    {
        if (VerificationKey.Read(Certificate.PublicKey.ExportSubjectPublicKeyInfo(), out var fault) is not { } key)
            return $"the certificate's key cannot be used: {fault}";
        return key.Verifies(content.Message.Span, content.Signature)
            ? null
            : "it was not made with the key of its certificate";
    }

    public void Dispose() => Certificate.Dispose();

    // The former extension is the bare text, and certificates of today have both.
    private string? ReadIssuer() =>
        Certificate.Extensions[Issuer] is { } extension
            ? new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadCharacterString(UniversalTagNumber.UTF8String)
        : Certificate.Extensions[FormerIssuer] is { } former ? Encoding.UTF8.GetString(former.RawData)
        : null;

    private List<string> ReadNames()
    {
        var names = new List<string>();
        if (Certificate.Extensions[SubjectAlternativeName] is not { } extension)
            return names;
        var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (reader.HasData)
            names.Add(ReadName(reader));
        return names;
    }

    private static string ReadName(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag == Mail || tag == Uri)
            return reader.ReadCharacterString(UniversalTagNumber.IA5String, tag);
        var other = reader.ReadSequence(OtherName);
        if (other.ReadObjectIdentifier() != UserName)
            throw new AsnContentException();
        return other.ReadSequence(OtherName).ReadCharacterString(UniversalTagNumber.UTF8String);
    }
}
