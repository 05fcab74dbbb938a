using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>
/// Judges a server's certificate: extra authorities first, then the system's; and says what was wrong.
/// </summary>
internal static class CertificateCheck
{
    private const X509ChainStatusFlags UnknownAuthority =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>
    /// Trusts the given authorities only: loading the system's bundle of some 140 costs more than the rest of a
    /// request, and a private CA that is named is nearly always the one that signed. Revocation would need hosts a
    /// cluster cannot reach.
    /// </summary>
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

    public static bool Accept(
        SslStream stream,
        (X509Certificate? Certificate, X509Chain? Chain, SslPolicyErrors Errors) found,
        bool hasExtraRoots,
        ConcurrentDictionary<string, string> failures)
    {
        var errors = found.Errors;
        if (hasExtraRoots && (errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0 && SystemTrusts(found.Chain))
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        if (errors == SslPolicyErrors.None)
            return true;
        failures[stream.TargetHostName] = Explain(found.Certificate, found.Chain, errors);
        return false;
    }

    private static bool SystemTrusts(X509Chain? chain)
    {
        if (chain is not { ChainElements: [var leaf, ..] } || (StatusOf(chain) & ~UnknownAuthority) != 0)
            return false;
        using var system = new X509Chain();
        system.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        system.ChainPolicy.DisableCertificateDownloads = true;
        system.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return system.Build(leaf.Certificate);
    }

    private static X509ChainStatusFlags StatusOf(X509Chain chain)
    {
        var flags = X509ChainStatusFlags.NoError;
        foreach (var status in chain.ChainStatus)
            flags |= status.Status;
        return flags;
    }

    private static string Explain(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null)
            return "the server showed no certificate; check that the port is right";
        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            return "the server's certificate is for another host; use the name it was issued for";
        var status = StatusOf(chain);
        if ((status & X509ChainStatusFlags.NotTimeValid) != 0 && certificate is X509Certificate2 dated)
            return $"the server's certificate is valid from {Day(dated.NotBefore)} to {Day(dated.NotAfter)}; "
                + "renew it, or correct this host's clock";
        return (status & UnknownAuthority) != 0
            ? "the server's certificate is signed by an authority that is not trusted here; name its file as caFile"
            : $"the server's certificate is not valid ({status}); have it issued again";
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
