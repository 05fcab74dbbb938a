using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Registry;

/// <summary>Whom a connection trusts and what it shows of itself: hosts with the same trust share a handler.</summary>
internal sealed record TransportTrust(string CaFiles, string? ClientCertificate, string? ClientKey)
{
    // A NUL cannot occur in a path; one string keeps the record's equality by value.
    private const char Separator = '\0';

    public static TransportTrust Of(RegistryHostOptions host, RegistryOptions options)
    {
        IEnumerable<string> files = host.CaFile is null ? options.CaFiles : [.. options.CaFiles, host.CaFile];
        return new TransportTrust(string.Join(Separator, files), host.ClientCertificateFile, host.ClientKeyFile);
    }

    /// <exception cref="RegistryException">A file is missing, unreadable or not PEM.</exception>
    public SslClientAuthenticationOptions ToSslOptions(string host, ConcurrentDictionary<string, string> failures)
    {
        var roots = CaFiles.Length == 0 ? null : LoadRoots(host);
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                CertificateCheck.Accept((SslStream)sender, (certificate, chain, errors), roots is not null, failures),
        };
        if (roots is not null)
            options.CertificateChainPolicy = CertificateCheck.PolicyOf(roots);
        if (ClientCertificate is not null)
            options.ClientCertificates = [LoadClientCertificate(ClientCertificate, host)];
        return options;
    }

    private X509Certificate2Collection LoadRoots(string host)
    {
        var roots = new X509Certificate2Collection();
        foreach (var file in CaFiles.Split(Separator))
            Load(file, host, "CA file", () =>
            {
                var before = roots.Count;
                roots.ImportFromPemFile(file);
                return roots.Count > before ? roots : throw new CryptographicException("no certificate in it");
            });
        return roots;
    }

    private X509Certificate2 LoadClientCertificate(string file, string host) =>
        Load(file, host, "client certificate", () => X509Certificate2.CreateFromPemFile(file, ClientKey));

    private static T Load<T>(string file, string host, string what, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException(
                Verdict.Config, host, $"{host}: the {what} {file} cannot be read; check path and permissions", e);
        }
        catch (CryptographicException e)
        {
            throw new RegistryException(
                Verdict.Config, host, $"{host}: the {what} {file} is not PEM; give it BEGIN CERTIFICATE blocks", e);
        }
    }
}
