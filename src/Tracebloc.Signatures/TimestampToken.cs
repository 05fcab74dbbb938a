using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Signatures;

/// <summary>A timestamp authority's statement that a signature existed at a time (RFC 3161).</summary>
internal static class TimestampToken
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const int Granted = 0, GrantedWithModifications = 1;

    /// <summary>
    /// The time at which one of the authorities saw the signature; null, with the reason, when none of them did.
    /// </summary>
    public static DateTimeOffset? Read(
        byte[] response,
        ReadOnlySpan<byte> signature,
        IReadOnlyList<CertificateAuthority> authorities,
        out string? fault)
    {
        fault = "the timestamp cannot be read";
        if (Decode(response) is not { } token)
            return null;
        var time = token.TokenInfo.Timestamp;
        fault = null;
        foreach (var authority in authorities)
            if (IsBy(authority, token, signature))
                return time;
        fault = $"the timestamp of {time:u} is not one of this signature by an authority of the trust root";
        return null;
    }

    private static bool IsBy(CertificateAuthority authority, Rfc3161TimestampToken token, ReadOnlySpan<byte> signature)
    {
        try
        {
            return token.VerifySignatureForData(signature, out var signer, authority.Others)
                && IsNamed(authority, signer)
                && authority.FindIssuer(signer, token.TokenInfo.Timestamp, TimeStamping) is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // An authority's certificate is renewed every year under the same root: the entry with the right one limits how
    // long it was used. Entries that name no end certificate stand for all that the root issues.
    private static bool IsNamed(CertificateAuthority authority, X509Certificate2 signer)
    {
        var ends = authority.Others.Where(certificate => !IsAuthority(certificate)).ToList();
        return ends.Count == 0 || ends.Exists(end => end.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span));
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(limits => limits.CertificateAuthority);

    /// <summary>The token in a <c>TimeStampResp</c> that grants one (RFC 3161 section 2.4.2).</summary>
    private static Rfc3161TimestampToken? Decode(byte[] response)
    {
        try
        {
            var reader = new AsnReader(response, AsnEncodingRules.BER).ReadSequence();
            var status = reader.ReadSequence();
            if (!status.TryReadInt32(out var code) || code is not (Granted or GrantedWithModifications))
                return null;
            var encoded = reader.ReadEncodedValue();
            return Rfc3161TimestampToken.TryDecode(encoded, out var token, out var length) && length == encoded.Length
                ? token
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
