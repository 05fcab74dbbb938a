using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

/// <summary>A certificate with its key, which can issue others: right ones, and all that go wrong.</summary>
internal sealed class TestIssuer
{
    public static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    // .NET also looks into the user's own store of intermediates, which no name here may meet.
    private static readonly string Run = Guid.NewGuid().ToString("N");

    private readonly ECDsa _key;

    private TestIssuer(ECDsa key, X509Certificate2 certificate) => (_key, Certificate) = (key, certificate);

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    public static TestIssuer Root(string name, Func<Details, Details>? change = null) => Root(Name(name), change);

    public static TestIssuer Root(X500DistinguishedName name, Func<Details, Details>? change = null)
    {
        var details = new Details { IsAuthority = true };
        return Make(name, null, change is null ? details : change(details));
    }

    public TestIssuer Inner(string name, Func<Details, Details>? change = null)
    {
        var details = new Details { IsAuthority = true };
        return Make(Name(name), this, change is null ? details : change(details));
    }

    public X509Certificate2 Leaf(Func<Details, Details>? change = null)
    {
        var details = new Details { Host = "localhost", Purpose = "1.3.6.1.5.5.7.3.1" };
        var made = Make(Name("leaf"), this, change is null ? details : change(details));
        return made.Certificate.CopyWithPrivateKey(made._key);
    }

    /// <summary>The same key and name under another issuer.</summary>
    public TestIssuer SignedBy(TestIssuer issuer) =>
        Make(Certificate.SubjectName, issuer, new Details { IsAuthority = true, Key = _key });

    /// <summary>The same key and name once more, signed by itself.</summary>
    public TestIssuer Again(Func<Details, Details> change) =>
        Make(Certificate.SubjectName, null, change(new Details { IsAuthority = true, Key = _key }));

    public static X500DistinguishedName Name(
        string name, UniversalTagNumber encoding = UniversalTagNumber.UTF8String)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.Add("2.5.4.3", $"{name} {Run}", encoding);
        return builder.Build();
    }

    private static TestIssuer Make(X500DistinguishedName name, TestIssuer? issuer, Details details)
    {
        var key = details.Key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            details.IsAuthority, details.PathLength is not null, details.PathLength ?? 0, true));
        if (details.Purpose is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(details.Purpose)], false));
        if (details.Host is not null)
            request.CertificateExtensions.Add(AlternativeName(details.Host));
        if (details.Extension is not null)
            request.CertificateExtensions.Add(details.Extension);
        var signer = X509SignatureGenerator.CreateForECDsa(issuer?._key ?? key);
        var (from, until) = details.Validity;
        var serial = details.Serial ?? RandomNumberGenerator.GetBytes(8);
        var certificate = request.Create(
            details.IssuerName ?? issuer?.Certificate.SubjectName ?? name, signer, from, until, serial);
        return new TestIssuer(key, certificate);
    }

    private static X509Extension AlternativeName(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        return names.Build();
    }

    /// <summary>The parts of a certificate that a case changes.</summary>
    internal sealed record Details
    {
        public bool IsAuthority { get; init; }

        public int? PathLength { get; init; }

        public string? Host { get; init; }

        public string? Purpose { get; init; }

        public X509Extension? Extension { get; init; }

        public ECDsa? Key { get; init; }

        public byte[]? Serial { get; init; }

        public X500DistinguishedName? IssuerName { get; init; }

        public (DateTimeOffset From, DateTimeOffset Until) Validity { get; init; } =
            (Now.AddYears(-2), Now.AddYears(2));

        public Details Expired() => this with { Validity = (Now.AddYears(-2), Now.AddYears(-1)) };
    }
}
