using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>
/// Judges a server's certificate: by own authorities first, then by the system's. A private authority that is named is
/// nearly always the one that signed.
/// </summary>
/// <param name="authorities">The own authorities; may be empty.</param>
/// <param name="system">The system's authorities; null when only the own are trusted.</param>
/// <param name="remedy">The end of the message about an unknown authority.</param>
internal sealed class CertificateCheck(
    X509Certificate2Collection authorities, SystemAuthorities? system, string remedy)
{
    private const X509ChainStatusFlags UnknownAuthority =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>The policy of the chain that <see cref="FaultOf"/> is given: by the own authorities.</summary>
    public X509ChainPolicy Policy { get; } = PolicyOf(authorities);

    /// <summary>Trusts the given roots only. Revocation would need hosts that a cluster cannot reach.</summary>
    public static X509ChainPolicy PolicyOf(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    /// <returns>The reason to refuse the certificate, with the remedy; null when it is accepted.</returns>
    public string? FaultOf(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
            return "the server sent no certificate; check that the port is right";
        var status = SystemChain.StatusOf(chain);
        if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            status = StatusOf(leaf, chain, status);
            if (status == X509ChainStatusFlags.NoError)
                errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        }

        return errors == SslPolicyErrors.None ? null : Explain(leaf, status, errors);
    }

    private X509ChainStatusFlags StatusOf(X509Certificate2 leaf, X509Chain chain, X509ChainStatusFlags own)
    {
        if (system is null)
            return EndsAtAuthority(chain, own) ? X509ChainStatusFlags.NoError : own;
        if (authorities.Count > 0 && (own & ~UnknownAuthority) != 0)
            return own;
        // .NET fetches a missing intermediate unless the chain has a policy of its own.
        var bySystem = SystemChain.Judge(system, leaf, chain.ChainPolicy.ExtraStore, downloads: authorities.Count == 0);
        return authorities.Count == 0 || bySystem == X509ChainStatusFlags.NoError ? bySystem : own;
    }

    // Go trusts every certificate of the bundle, an intermediate too; .NET wants the chain to reach a root. Compared
    // are all bytes: the collection's own search would take a forged issuer and serial number for the authority.
    private bool EndsAtAuthority(X509Chain chain, X509ChainStatusFlags status) =>
        status == X509ChainStatusFlags.PartialChain
        && chain is { ChainElements: [.., { Certificate: var last }] }
        && authorities.Any(one => one.RawDataMemory.Span.SequenceEqual(last.RawDataMemory.Span));

    private string Explain(X509Certificate2 certificate, X509ChainStatusFlags status, SslPolicyErrors errors)
    {
        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            return "the server's certificate is for another host; use the name it was issued for";
        if ((status & X509ChainStatusFlags.NotTimeValid) != 0)
            return $"the server's certificate is valid from {Day(certificate.NotBefore)} to "
                + $"{Day(certificate.NotAfter)}; renew it, or correct this host's clock";
        return (status & UnknownAuthority) != 0
            ? $"the server's certificate is signed by an authority that is not trusted here{remedy}"
            : $"the server's certificate is not valid ({status}); have it issued again";
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
