using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Signatures;

/// <summary>An authority that the trust root names, with its certificates: of signers (Fulcio) or of time.</summary>
internal sealed class CertificateAuthority
{
    private readonly X509Certificate2Collection _roots = [];
    private readonly ValidityPeriod _validFor;

    private CertificateAuthority(ValidityPeriod validFor) => _validFor = validFor;

    /// <summary>The certificates between the roots and what they issue.</summary>
    public X509Certificate2Collection Others { get; } = [];

    /// <summary>The authority of these certificates in whatever order; null when none of them is a root.</summary>
    public static CertificateAuthority? Of(IEnumerable<X509Certificate2> certificates, ValidityPeriod validFor)
    {
        var authority = new CertificateAuthority(validFor);
        foreach (var certificate in certificates)
            if (certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
                authority._roots.Add(certificate);
            else
                authority.Others.Add(certificate);
        return authority._roots.Count == 0 ? null : authority;
    }

    public bool WasInUse(DateTimeOffset at) => _validFor.Covers(at);

    /// <summary>
    /// The public key of the certificate's issuer, if the whole chain up to a root was valid at that time and for that
    /// purpose; else null. Nothing is fetched: neither certificates nor revocation lists.
    /// </summary>
    public byte[]? FindIssuer(X509Certificate2 certificate, DateTimeOffset at, string purpose)
    {
        if (!WasInUse(at))
            return null;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(Others);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        var isValid = chain.Build(certificate) && chain.ChainElements.Count > 1;
        return isValid ? chain.ChainElements[1].Certificate.PublicKey.ExportSubjectPublicKeyInfo() : null;
    }
}
