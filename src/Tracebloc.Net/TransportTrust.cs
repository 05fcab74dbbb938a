using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>The authorities that a connection trusts beside the system's, comparable by value.</summary>
/// <param name="CaFile">PEM file of authorities; null: none.</param>
public sealed record TransportTrust(string? CaFile)
{
    /// <summary>Options for a handler; the system's authorities are read when first needed.</summary>
    /// <param name="host">The host of the first connection, for the message.</param>
    /// <param name="failures">Takes the reason for the last refused certificate, by host name.</param>
    /// <exception cref="CertificateFileException">The file is missing, unreadable or not PEM.</exception>
    public SslClientAuthenticationOptions ToSslOptions(string host, ConcurrentDictionary<string, string> failures)
    {
        var roots = CaFile is null ? null : LoadRoots(CaFile, host);
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                CertificateCheck.Accept((SslStream)sender, (certificate, chain, errors), roots is not null, failures),
        };
        if (roots is not null)
            options.CertificateChainPolicy = CertificateCheck.PolicyOf(roots);
        return options;
    }

    private static X509Certificate2Collection LoadRoots(string file, string host)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CertificateFileException(
                $"{host}: the CA file {file} cannot be read; check path and permissions", unreadable);
        }
        catch (CryptographicException malformed)
        {
            throw NotPem(malformed);
        }

        return roots.Count > 0 ? roots : throw NotPem(null);

        CertificateFileException NotPem(Exception? inner) =>
            new($"{host}: the CA file {file} is not PEM; give it BEGIN CERTIFICATE blocks", inner);
    }
}
