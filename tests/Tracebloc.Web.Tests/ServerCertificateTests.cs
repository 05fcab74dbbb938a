using System.Security.Cryptography.X509Certificates;
using Tracebloc.Testing;

namespace Tracebloc.Web.Tests;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tls-");
    private readonly TestCertificates _authority = TestCertificates.Create();
    private readonly ManualTimeProvider _time = new();

    private string Certificate => Path.Combine(_folder.FullName, "tls.crt");

    private string Key => Path.Combine(_folder.FullName, "tls.key");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_renewed_certificate_is_in_force_within_a_minute()
    {
        var first = Write();
        var certificate = ServerCertificate.Open(Certificate, Key, _time);
        var second = Write();

        _time.Advance(ServerCertificate.Life - TimeSpan.FromTicks(1));
        Assert.Equal(first, certificate.Current.TargetCertificate.Thumbprint);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(second, certificate.Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void Half_of_a_renewal_changes_nothing()
    {
        var first = Write();
        var certificate = ServerCertificate.Open(Certificate, Key, _time);
        var key = File.ReadAllText(Key);
        Write();
        File.WriteAllText(Key, key);

        _time.Advance(ServerCertificate.Life);
        Assert.Equal(first, certificate.Current.TargetCertificate.Thumbprint);
        File.Delete(Key);
        _time.Advance(ServerCertificate.Life);
        Assert.Equal(first, certificate.Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named()
    {
        Write();
        File.WriteAllText(Key, "no key");

        var fault = Assert.Throws<WebHostException>(() => ServerCertificate.Open(Certificate, Key, _time));
        Assert.StartsWith($"Certificate {Certificate} with key {Key} cannot be used: ", fault.Message);
        Assert.EndsWith("; give PEM files of one pair", fault.Message);
    }

    private string Write()
    {
        using var issued = _authority.IssueServer();
        using var key = issued.GetECDsaPrivateKey() ?? throw new InvalidOperationException("no key");
        File.WriteAllText(Certificate, issued.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        return issued.Thumbprint;
    }
}
