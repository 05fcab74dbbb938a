using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Testing;

/// <summary>
/// A certificate authority made in process, and the server and client certificates it issues. Nothing touches the disk.
/// </summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key;

    private TestCertificates(ECDsa key, X509Certificate2 authority) => (_key, Authority) = (key, authority);

    /// <summary>The authority's certificate without its private key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The content of a client's CA file.</summary>
    public string AuthorityPem => Authority.ExportCertificatePem() + "\n";

    public static TestCertificates Create(string name = "Tracebloc Test CA")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.CreateSelfSigned(now.AddYears(-10), now.AddYears(10));
        return new TestCertificates(key, X509CertificateLoader.LoadCertificate(signed.RawData));
    }

    /// <summary>A server certificate and key for hosts (default: localhost, 127.0.0.1 and ::1).</summary>
    public X509Certificate2 IssueServer(params string[] hosts)
    {
        var now = TimeProvider.System.GetUtcNow();
        return IssueServer(now.AddDays(-1), now.AddYears(1), hosts);
    }

    /// <summary>A server certificate with a validity of its own, as an expired one.</summary>
    public X509Certificate2 IssueServer(DateTimeOffset notBefore, DateTimeOffset notAfter, params string[] hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts is [] ? ["localhost", "127.0.0.1", "::1"] : hosts)
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        var subject = Name(hosts is [] ? "localhost" : hosts[0]);
        return Issue(subject, ServerAuthentication, names.Build(), (notBefore, notAfter));
    }

    /// <summary>A client certificate and key; to Kubernetes its names are the user and the groups.</summary>
    public X509Certificate2 IssueClient(string commonName, params string[] organizations)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        foreach (var organization in organizations)
            name.AddOrganizationName(organization);
        var now = TimeProvider.System.GetUtcNow();
        return Issue(name.Build(), ClientAuthentication, null, (now.AddDays(-1), now.AddYears(1)));
    }

    /// <summary>The certificate and its private key as the two PEM texts that files and kubeconfigs hold.</summary>
    public static (string Certificate, string Key) ToPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()
            ?? throw new ArgumentException("Only certificates issued here have a key to export.", nameof(certificate));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public void Dispose()
    {
        Authority.Dispose();
        _key.Dispose();
    }

    private static X500DistinguishedName Name(string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        return name.Build();
    }

    private X509Certificate2 Issue(
        X500DistinguishedName subject,
        string purpose,
        X509Extension? alternativeNames,
        (DateTimeOffset From, DateTimeOffset Until) validity)
    {
        using var subjectKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, subjectKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (alternativeNames is not null)
            request.CertificateExtensions.Add(alternativeNames);
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Authority, true, false));
        var signer = X509SignatureGenerator.CreateForECDsa(_key);
        var serial = RandomNumberGenerator.GetBytes(16);
        using var issued = request.Create(Authority.SubjectName, signer, validity.From, validity.Until, serial);
        return issued.CopyWithPrivateKey(subjectKey);
    }
}
