using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _authority = TestCertificates.Create();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tls");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("localhost", false)]
    public async Task An_extra_authority_is_trusted(string hostName, bool http2)
    {
        await using var fixture = await StartAsync(new FakeListenerOptions { HostName = hostName, Http2 = http2 });
        fixture.Registry.Push("other", "v1", "other");

        var results = await fixture.ResolveAllAsync("app:v1", "other:v1");

        fixture.AssertFound(results[0]);
        Assert.True(results[1].IsOk, results[1].Message);
        Assert.Equal("HEAD none, HEAD Bearer, HEAD Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task An_unknown_authority_is_named_with_the_remedy()
    {
        await using var fixture = await StartAsync(new FakeListenerOptions());
        fixture.Options = new RegistryOptions { Hosts = HostsOf(fixture, OtherAuthority()) };

        await AssertConfigAsync(fixture, "caFile");
    }

    [Fact]
    public async Task Who_connects_by_other_means_trusts_the_same_and_hears_once_why_not()
    {
        await using var fixture = await StartAsync(new FakeListenerOptions());
        var host = fixture.Registry.Address.IdnHost;
        var root = new Uri(fixture.Registry.Address, "/v2/");
        var (trust, distrust) = (ServerTrust.Of(CaFile(), host), ServerTrust.Of(OtherAuthority(), host));

        await AskAsync(trust, root);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(distrust, root));

        Assert.Null(trust.TakeRefusal(host));
        Assert.Contains("name its file as caFile", distrust.TakeRefusal(host), StringComparison.Ordinal);
        Assert.Null(distrust.TakeRefusal(host));
    }

    [Fact]
    [SuppressMessage("Security", "CA5397", Justification = "The deprecated version is what is under test.")]
    public async Task A_server_that_speaks_old_versions_only_is_refused()
    {
        // By its number, since the name is obsolete.
        const SslProtocols tls11 = (SslProtocols)0x300;
        await using var fixture = await StartAsync(new FakeListenerOptions { Protocols = tls11 });

        await AssertConfigAsync(fixture, "TLS 1.2");
    }

    [Fact]
    public async Task A_server_without_TLS_is_named_with_the_remedy()
    {
        await using var server = RawServer.Start(async (connection, _) =>
        {
            // The whole TLS record, since bytes left unread turn the close into a reset.
            var header = new byte[5];
            await connection.Stream.ReadExactlyAsync(header, connection.Stopping);
            await connection.Stream.ReadExactlyAsync(new byte[(header[3] << 8) | header[4]], connection.Stopping);
            await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        });
        var hosts = new Dictionary<string, RegistryHostOptions> { [server.Host] = new() { CaFile = CaFile() } };
        using var client = new RegistryClient(new RegistryOptions { Hosts = hosts }, new ManualTimeProvider());

        var results = await client.ResolveAsync(
            [ImageReference.Parse($"{server.Host}/app:v1")], TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Config, results[0].Verdict);
        Assert.Contains("insecure", results[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_client_certificate_that_is_asked_for_there_is_no_digest()
    {
        await using var fixture = await StartAsync(new FakeListenerOptions { AsksForClientCertificate = true });

        Assert.False((await fixture.ResolveThroughWaitsAsync()).IsOk);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("no certificate", "not PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "not PEM")]
    public async Task A_CA_file_that_cannot_be_used_is_a_matter_of_configuration(string? content, string reason)
    {
        var file = content is null ? "/nowhere/ca.crt" : Write("ca.crt", content);
        await using var fixture = await StartAsync(new FakeListenerOptions());
        fixture.Options = new RegistryOptions { Hosts = HostsOf(fixture, file) };

        await AssertConfigAsync(fixture, reason);
    }

    [Fact]
    public async Task A_realm_in_plain_http_is_refused_by_a_registry_with_TLS()
    {
        await using var fixture = await StartAsync(new FakeListenerOptions());
        fixture.Registry.When(_ => true, FakeReply.Of(401)
            .With("WWW-Authenticate", $"Bearer realm=\"http://{fixture.Registry.Host}/token\""));

        await AssertConfigAsync(fixture, "plain http");
    }

    [Fact]
    public async Task A_redirect_to_plain_http_is_refused()
    {
        await using var fixture = await StartAsync(new FakeListenerOptions());
        fixture.Registry.When(
            _ => true, FakeReply.Redirect(302, $"http://{fixture.Registry.Host}/v2/app/manifests/v1"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains("from https to plain http", result.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, RegistryHostOptions> HostsOf(RegistryFixture fixture, string caFile) =>
        new() { [fixture.Registry.Host] = new() { CaFile = caFile } };

    private static async Task AskAsync(ServerTrust trust, Uri address)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = trust.Options });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task AssertConfigAsync(RegistryFixture fixture, string reason)
    {
        var result = await fixture.ResolveThroughWaitsAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Message!);
    }

    private async Task<RegistryFixture> StartAsync(FakeListenerOptions listener)
    {
        listener = listener with { Certificate = listener.Certificate ?? _authority.IssueServer() };
        var fixture = await RegistryFixture.StartAsync(new FakeRegistryOptions { Listener = listener });
        fixture.Options = new RegistryOptions { Hosts = HostsOf(fixture, CaFile()) };
        return fixture;
    }

    private string OtherAuthority()
    {
        using var other = TestCertificates.Create();
        return Write("other.crt", other.AuthorityPem);
    }

    private string CaFile() => Write("authority.crt", _authority.AuthorityPem);

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, content);
        return file;
    }
}
