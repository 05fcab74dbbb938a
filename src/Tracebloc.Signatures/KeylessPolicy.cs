using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Tracebloc.Signatures;

internal sealed record KeylessPolicy(string Issuer, string Identity, TrustRoot TrustRoot) : SignaturePolicy
{
    public override string Signer => $"{Identity} ({Issuer})";

    internal override bool NeedsMaterial => true;

    internal override string? FaultOf(FoundSignature signature, out DateTimeOffset? signedAt)
    {
        var times = new SigningTimes(TrustRoot);
        var fault = FaultOf(signature, times);
        signedAt = fault is null ? times.All.Min() : null;
        return fault;
    }

    private string? FaultOf(FoundSignature signature, SigningTimes times)
    {
        if (signature.Material.Certificate is not { } raw)
            return "it came without a certificate";
        using var certificate = SigningCertificate.Read(raw.RawBytes, out var fault);
        if (certificate is null)
            return fault;
        try
        {
            return times.Collect(signature)
                ?? FaultOfIssue(certificate, times.All)
                ?? certificate.FaultOfIdentity(Issuer, Identity)
                ?? FaultOfEntries(signature, raw.RawBytes)
                ?? certificate.FaultOfSignature(signature.Content);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            // A certificate can be read and still hold a key or a name that cannot.
            return "the certificate is malformed";
        }
    }

    /// <summary>The reason why no authority of the trust root issued the certificate in public, or null.</summary>
    private string? FaultOfIssue(SigningCertificate certificate, IReadOnlyList<DateTimeOffset> times)
    {
        var issuer = TrustRoot.Authorities.Select(authority => FindIssuer(authority, certificate, times))
            .FirstOrDefault(key => key is not null);
        if (issuer is null)
            return $"no authority of the trust root issued its certificate for {times[0]:u}";
        return TrustRoot.CertificateLogs is []
            ? null
            : CertificateTimestamp.FaultOf(certificate.Certificate, issuer, TrustRoot.CertificateLogs);
    }

    private static byte[]? FindIssuer(
        CertificateAuthority authority, SigningCertificate certificate, IReadOnlyList<DateTimeOffset> times)
    {
        byte[]? issuer = null;
        foreach (var time in times)
            if ((issuer = authority.FindIssuer(certificate.Certificate, time, SigningCertificate.CodeSigning)) is null)
                return null;
        return issuer;
    }

    private static string? FaultOfEntries(FoundSignature signature, byte[] certificate)
    {
        foreach (var entry in signature.Material.TlogEntries)
            if ((LoggedSignature.Read(entry, out var fault) is not { } logged ? fault
                : logged.FaultFor(signature.Content, certificate)) is { } reason)
                return reason;
        return null;
    }
}
