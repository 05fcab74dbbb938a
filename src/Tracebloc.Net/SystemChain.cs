using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>
/// Judges one chain by the system's authorities, of which it takes only those that the chain names as issuers.
/// </summary>
internal sealed class SystemChain
{
    // Each round follows a certificate that .NET has downloaded; no chain is longer.
    private const int MaxRounds = 8;

    /// <summary>The purpose that a server's certificate must allow.</summary>
    public static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly SystemAuthorities _system;
    private readonly X509Certificate2 _leaf;
    private readonly X509Certificate2Collection _others = [];
    private readonly X509Certificate2Collection _authorities = [];
    private readonly HashSet<ulong> _issuers = [];
    private readonly List<ListedCertificate> _rest = [];

    private SystemChain(SystemAuthorities system, X509Certificate2 leaf) => (_system, _leaf) = (system, leaf);

    /// <summary>Reads the system's authorities until the chain is trusted or all are read.</summary>
    /// <param name="system">The authorities.</param>
    /// <param name="leaf">The server's certificate.</param>
    /// <param name="others">The other certificates that the server sent.</param>
    /// <param name="downloads">Fetches a missing intermediate from the address in the certificate.</param>
    /// <returns>No flags when the chain is trusted, else all that is wrong with it.</returns>
    public static X509ChainStatusFlags Judge(
        SystemAuthorities system, X509Certificate2 leaf, X509Certificate2Collection others, bool downloads)
    {
        if (!OperatingSystem.IsLinux())
            return ByPlatform(leaf, others, downloads);
        var chain = new SystemChain(system, leaf);
        foreach (var certificate in others.Prepend(leaf))
            chain.Follow(certificate);
        return chain.Judge(downloads);
    }

    /// <summary>All that is wrong with a chain.</summary>
    public static X509ChainStatusFlags StatusOf(X509Chain chain)
    {
        var flags = X509ChainStatusFlags.NoError;
        foreach (var status in chain.ChainStatus)
            flags |= status.Status;
        return flags;
    }

    private X509ChainStatusFlags Judge(bool downloads)
    {
        foreach (var certificates in _system.Read())
        {
            _rest.AddRange(certificates);
            if (TakeIssuers() && Build(downloads: false) == X509ChainStatusFlags.NoError)
                return X509ChainStatusFlags.NoError;
        }

        var flags = Build(downloads);
        for (var round = 0; flags != X509ChainStatusFlags.NoError && TakeIssuers() && round < MaxRounds; round++)
            flags = Build(downloads);
        return flags;
    }

    // Cross-signed certificates, and intermediates of the system, name issuers in turn.
    private bool TakeIssuers()
    {
        var before = _authorities.Count;
        while (_rest.FindIndex(one => _issuers.Contains(one.Names.Subject)) is >= 0 and var index)
        {
            var certificate = _rest[index].Certificate;
            var der = _rest[index].Der;
            _issuers.Add(_rest[index].Names.Issuer);
            _rest.RemoveAt(index);
            if (certificate is not null && !Has(_authorities, der))
                _authorities.Add(certificate);
        }

        return _authorities.Count > before;
    }

    private X509ChainStatusFlags Build(bool downloads)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = CertificateCheck.PolicyOf(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(_others);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.DisableCertificateDownloads = !downloads;
        if (chain.Build(_leaf) || EndsAtRoot(chain))
            return X509ChainStatusFlags.NoError;
        foreach (var element in chain.ChainElements)
            Follow(element.Certificate);
        return StatusOf(chain);
    }

    // With custom roots .NET compares the names of a root byte by byte, in the system's store as text.
    private bool EndsAtRoot(X509Chain chain) =>
        chain is { ChainElements: [.., { Certificate: var last }] }
        && StatusOf(chain) is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain
        && last.Subject == last.Issuer
        && Has(_authorities, last.RawDataMemory.Span);

    private void Follow(X509Certificate2 certificate)
    {
        _issuers.Add(CertificateNames.Read(certificate.RawDataMemory.Span).Issuer);
        if (!Has(_others, certificate.RawDataMemory.Span))
            _others.Add(certificate);
    }

    // The collection's own search compares issuer and serial number only.
    private static bool Has(X509Certificate2Collection certificates, ReadOnlySpan<byte> der)
    {
        foreach (var certificate in certificates)
            if (certificate.RawDataMemory.Span.SequenceEqual(der))
                return true;
        return false;
    }

    private static X509ChainStatusFlags ByPlatform(
        X509Certificate2 leaf, X509Certificate2Collection others, bool downloads)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.DisableCertificateDownloads = !downloads;
        return chain.Build(leaf) ? X509ChainStatusFlags.NoError : StatusOf(chain);
    }
}
