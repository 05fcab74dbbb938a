using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Testing.Sigstore;

/// <summary>A certificate authority made in process: a root, and an intermediate that issues.</summary>
public sealed class TestAuthority : IDisposable
{
    public static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Until = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly ECDsa _issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    /// <param name="name">What its certificates are named after.</param>
    /// <param name="until">When the intermediate certificate runs out, if earlier than the root.</param>
    public TestAuthority(string name, DateTimeOffset? until = null)
    {
        using var root = Request(new X500DistinguishedName($"CN={name} root"), _rootKey, isAuthority: true)
            .CreateSelfSigned(From, Until);
        Root = X509CertificateLoader.LoadCertificate(root.RawData);
        Intermediate = Request(new X500DistinguishedName($"CN={name} intermediate"), _issuerKey, isAuthority: true)
            .Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(_rootKey), From, until ?? Until, [1]);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>The same serial number and the same request make the same certificate but for its signature.</summary>
    public X509Certificate2 Issue(
        CertificateRequest request, DateTimeOffset from, DateTimeOffset until, byte serial = 2) =>
        request.Create(
            Intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_issuerKey), from, until, [serial]);

    public static CertificateRequest Request(X500DistinguishedName subject, ECDsa key, bool isAuthority = false)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        return request;
    }

    public static X509Extension Purpose(string oid) =>
        new X509EnhancedKeyUsageExtension([new Oid(oid)], critical: true);

    public void Dispose()
    {
        _rootKey.Dispose();
        _issuerKey.Dispose();
    }
}
