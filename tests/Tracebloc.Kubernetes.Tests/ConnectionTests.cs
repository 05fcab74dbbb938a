using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class ConnectionTests : IDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_reaches_its_server_with_what_the_kubelet_mounts()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);

        await GetAsync(InPod(api));
        Assert.Equal(200, Assert.Single(api.Calls).Status);
    }

    [Fact]
    public async Task A_kubeconfig_reaches_it_as_well()
    {
        await using var api = await StartAsync();
        var path = _folder.Write("config", api.Kubeconfig);

        await GetAsync(KubernetesClientConfiguration.FromKubeConfig(new KubeConfigSource([path])));
        Assert.Equal(200, Assert.Single(api.Calls).Status);
    }

    [Fact]
    public async Task A_new_token_is_used_as_soon_as_it_is_mounted()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        using var client = new KubernetesClient(InPod(api), TimeProvider.System);
        await GetAsync(client);
        api.Token = "rotated";
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        await GetAsync(client);

        Assert.Equal([200, 200], api.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_token_that_is_replaced_while_it_is_refused_is_read_again()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        api.Token = "rotated";
        api.Fail("get", "deployments", FakeFault.First(_ => api.WriteServiceAccountAsync(_folder.Path, Cancelled)));

        await GetAsync(InPod(api));
        Assert.Equal([401, 200], api.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_tried_once_and_its_source_is_named()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        api.Token = "another";
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(InPod(api)));

        Assert.True(error.IsUnauthorized);
        Assert.Contains($"does not accept the token in {_folder.Path}/token", error.Message, StringComparison.Ordinal);
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task An_empty_token_file_is_not_sent()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        var configuration = InPod(api);
        _folder.Write("token", "\n");
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(configuration));

        Assert.Contains($"{_folder.Path}/token is empty", error.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Theory]
    [InlineData("s3cret\ntwo")]
    [InlineData("s3cret\0")]
    [InlineData("s3crét")]
    public async Task A_token_file_that_holds_something_else_is_not_sent(string content)
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        var configuration = InPod(api);
        _folder.Write("token", content);
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(configuration));

        Assert.EndsWith($"{_folder.Path}/token holds no token: there is white space in it, or what is no printable "
            + "ASCII; write the token alone there", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task White_space_around_a_token_in_a_file_does_not_matter()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.Path, Cancelled);
        _folder.Write("token", $"{api.Token}\r\n");

        await GetAsync(InPod(api));
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task A_server_of_another_authority_gets_nothing_and_the_error_says_whom_we_trust()
    {
        await using var api = await StartAsync();
        using var other = TestCertificates.Create("other");
        var configuration = Trusting(api, other.Authority) with { CertificateAuthoritySource = "/mnt/ca.crt" };
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(configuration));

        Assert.False(error.IsTransient);
        Assert.False(error.IsOutcomeUnknown);
        Assert.Contains("no TLS connection to https://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("(trusted: /mnt/ca.crt)", error.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task The_systems_authorities_do_not_vouch_for_a_cluster()
    {
        await using var api = await StartAsync();

        await Assert.ThrowsAsync<KubernetesException>(() =>
            GetAsync(Trusting(api, _certificates.Authority) with { CertificateAuthorities = null }));
        await Assert.ThrowsAsync<KubernetesException>(() =>
            GetAsync(Trusting(api, _certificates.Authority) with { CertificateAuthorities = [] }));
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task The_certificate_must_be_for_the_name_that_is_asked_for()
    {
        await using var api = await StartAsync();
        var configuration = Trusting(api, _certificates.Authority);

        await GetAsync(configuration with { TlsServerName = "localhost" });
        var error = await Assert.ThrowsAsync<KubernetesException>(() =>
            GetAsync(configuration with { TlsServerName = "elsewhere" }));
        Assert.Contains("is for another host", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_can_be_left_out()
    {
        await using var api = await StartAsync();

        await GetAsync(Trusting(
            api, _certificates.Authority) with
        { CertificateAuthorities = null, SkipTlsVerify = true });
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        await using var api = await StartAsync(requireClientCertificate: true);
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient("admin"));
        var configuration = Trusting(api, _certificates.Authority) with
        {
            Token = null,
            ClientCertificate = KubeConfigPem.Combine(certificate, key),
        };

        await GetAsync(configuration);
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task A_proxy_is_used_when_the_configuration_names_one()
    {
        await using var api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        api.Add(Some.Deployment("web"));
        await GetAsync(new KubernetesClientConfiguration
        {
            Server = new Uri("http://api.invalid"),
            Proxy = api.Address,
        });

        Assert.Equal("api.invalid", Assert.Single(api.Calls).Headers["Host"]);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private async Task<FakeKubernetesApi> StartAsync(bool requireClientCertificate = false)
    {
        var options = new FakeKubernetesApiOptions
        {
            Certificates = _certificates,
            RequireClientCertificate = requireClientCertificate,
        };
        var api = await FakeKubernetesApi.StartAsync(options, Cancelled);
        api.Add(Some.Deployment("web"));
        return api;
    }

    private KubernetesClientConfiguration InPod(FakeKubernetesApi api) =>
        KubernetesClientConfiguration.InCluster(name => name switch
        {
            "KUBERNETES_SERVICE_HOST" => api.Address.Host,
            "KUBERNETES_SERVICE_PORT" => $"{api.Address.Port}",
            _ => null,
        }, _folder.Path)!;

    private static KubernetesClientConfiguration Trusting(FakeKubernetesApi api, X509Certificate2 authority) => new()
    {
        Server = api.Address,
        Token = api.Token,
        CertificateAuthorities = [authority],
    };

    private static async Task GetAsync(KubernetesClientConfiguration configuration)
    {
        using var client = new KubernetesClient(configuration, TimeProvider.System);
        await GetAsync(client);
    }

    private static Task<JsonObject> GetAsync(KubernetesClient client) => client.GetAsync(
        ResourceType.Deployments, "tracebloc", "web", ContractJson.Default.JsonObject, Cancelled);
}
