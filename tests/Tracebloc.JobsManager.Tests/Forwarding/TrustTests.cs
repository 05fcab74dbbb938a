using Tracebloc.Net;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Forwarding;

/// <summary>A backend with a certificate of the company's own authority, as behind a proxy that opens TLS.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly TestCertificates _company = TestCertificates.Create();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ca-{Guid.NewGuid():n}.crt");

    [Fact]
    public async Task The_authorities_of_the_file_are_trusted_beside_the_system_s()
    {
        await File.WriteAllTextAsync(_file, _company.AuthorityPem, TestContext.Current.CancellationToken);

        Assert.Equal(200, (await EdgeLabelsAsync(_file)).Status);
    }

    [Fact]
    public async Task Without_the_file_the_backend_is_not_called()
    {
        var answer = await EdgeLabelsAsync(authorities: null);

        Assert.Equal(503, answer.Status);
    }

    [Fact]
    public async Task A_file_that_is_missing_ends_the_program_with_its_name() => Assert.Contains(
        $"the CA file {_file} cannot be read; check path and permissions",
        (await Assert.ThrowsAsync<CertificateFileException>(() => EdgeLabelsAsync(_file))).Message);

    public void Dispose()
    {
        _company.Dispose();
        File.Delete(_file);
    }

    private async Task<Answer> EdgeLabelsAsync(string? authorities)
    {
        using var certificate = _company.IssueServer();
        await using var proxy = await ForwardFixture.StartAsync(certificate: certificate, authorities: authorities);
        return await proxy.SkippingPausesAsync(proxy.SendAsync("GET", ForwardFixture.EdgeLabels));
    }
}
