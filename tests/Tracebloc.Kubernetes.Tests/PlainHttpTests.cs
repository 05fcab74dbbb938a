using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Credentials stay on this machine unless TLS protects them.</summary>
public sealed class PlainHttpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates = TestCertificates.Create();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Users =>
    [
        "token: s3cret", "tokenFile: token", "client-certificate-data: YQ==, client-key-data: YQ==",
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [ran], interactiveMode: Never}",
        "username: me, password: s3cret", "auth-provider: {name: gcp}", "as: boss", "<<: {token: s3cret}",
    ];

    [Theory]
    [MemberData(nameof(Users))]
    public void A_kubeconfig_with_credentials_and_plain_http_is_refused_with_the_servers_line(string user)
    {
        var error = Assert.Throws<KubernetesConfigurationException>(() => Read("http://10.0.0.1:8080", user));

        Assert.Equal((2, "clusters[0].cluster.server"), (error.Line, error.Field));
        Assert.Contains("plain HTTP would send users[0].user.", error.Message, StringComparison.Ordinal);
        Assert.Contains("unencrypted: use https", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task On_loopback_no_credential_is_sent_either_as_kubectl_does_with_its_proxy(string user)
    {
        await using var api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        var configuration = Read(api.Address.OriginalString, user);
        await AskAsync(configuration);

        Assert.False(configuration.HasCredentials);
        Assert.False(Assert.Single(api.Calls).Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public void A_server_that_wants_no_credentials_may_be_anywhere() =>
        Assert.Equal("http://10.0.0.1:8080/", Read("http://10.0.0.1:8080", "as-groups: []").Server.AbsoluteUri);

    [Theory]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://[2001:db8::1]")]
    public async Task A_client_sends_no_credentials_by_plain_http_however_it_is_configured(string server)
    {
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient("admin"));
        var address = new Uri(server);
        foreach (var configuration in (KubernetesClientConfiguration[])
            [
                new() { Server = address, Token = "s3cret" },
                new() { Server = address, TokenFile = _folder.Write("token", "s3cret") },
                new() { Server = address, ClientCertificate = KubeConfigPem.Combine(certificate, key) },
                new() { Server = address, Exec = new() { Command = Marker(), ApiVersion = "any" } },
            ])
        {
            var error = await Assert.ThrowsAsync<KubernetesException>(() => AskAsync(configuration));
            Assert.Contains($"credentials are not sent to {address.GetLeftPart(UriPartial.Authority)}: plain HTTP",
                error.Message, StringComparison.Ordinal);
            Assert.Equal((0, false, false), (error.Code, error.IsTransient, error.IsOutcomeUnknown));
        }

        Assert.False(File.Exists(Path.Combine(_folder.Path, "ran")));
    }

    [Fact]
    public async Task A_proxy_elsewhere_makes_loopback_another_machine()
    {
        var configuration = new KubernetesClientConfiguration
        {
            Server = new Uri("http://127.0.0.1:1"),
            Proxy = new Uri("http://10.0.0.1:3128"),
            Token = "s3cret",
        };

        Assert.Contains("credentials are not sent", (await Assert.ThrowsAsync<KubernetesException>(
            () => AskAsync(configuration))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_credentials_all_the_same_says_why_there_were_none()
    {
        await using var api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        api.Fail("list", "namespaces", FakeFault.Status(401, "Unauthorized"));
        var error = await Assert.ThrowsAsync<KubernetesException>(
            () => AskAsync(Read(api.Address.OriginalString, "token: s3cret")));

        Assert.Contains("requests without credentials (a kubeconfig's are sent over https only)", error.Message,
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private string Marker() => _folder.Write("plugin", $"#!/bin/sh\ntouch {_folder.Path}/ran\n");

    private KubernetesClientConfiguration Read(string server, string user) =>
        KubernetesClientConfiguration.FromKubeConfig(new KubeConfigSource([_folder.Write("config", $$"""
            current-context: c
            clusters: [{name: c, cluster: {server: "{{server}}"} }]
            contexts: [{name: c, context: {cluster: c, user: u} }]
            users: [{name: u, user: { {{user}} } }]
            """)]));

    private static async Task AskAsync(KubernetesClientConfiguration configuration)
    {
        using var client = new KubernetesClient(configuration, TimeProvider.System);
        await client.ListAsync(
            ResourceType.Namespaces, null, new(), ContractJson.Default.ResourceListJsonObject, Cancelled);
    }
}
