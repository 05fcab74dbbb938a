using System.Reflection;
using k8s;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Judge.Tests;

/// <summary>The official client finds the fake as it finds any server, and is let in.</summary>
public sealed class OfficialConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("judge-tests-");
    private readonly TestCertificates _certificates = TestCertificates.Create();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_the_kubeconfig_of_the_fake()
    {
        await using var api = await StartAsync();
        using var client = await Official.OpenAsync(Write("config", api.Kubeconfig));

        await AssertReadsAsync(client, api);
    }

    [Fact]
    public async Task By_a_plugin_that_hands_out_the_token()
    {
        await using var api = await StartAsync();
        var plugin = Write("plugin", $$$"""
            #!/bin/sh
            echo '{"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1",
                   "status": {"token": "{{{api.Token}}}"} }'
            """);
        using var client = await Official.OpenAsync(Write("config", WithUser(api, $$"""
            exec: {apiVersion: client.authentication.k8s.io/v1, command: "{{plugin}}", interactiveMode: Never}
            """)));

        await AssertReadsAsync(client, api);
    }

    [Fact]
    public async Task By_a_plugin_that_hands_out_a_certificate()
    {
        await using var api = await StartAsync(requireClientCertificate: true);
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient("admin"));
        var plugin = Write("plugin", $$$"""
            #!/bin/sh
            cat <<'END'
            {"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1", "status": {
              "clientCertificateData": "{{{Line(certificate)}}}", "clientKeyData": "{{{Line(key)}}}"} }
            END
            """);
        using var client = await Official.OpenAsync(Write("config", WithUser(api, $$"""
            exec: {apiVersion: client.authentication.k8s.io/v1, command: "{{plugin}}", interactiveMode: Never}
            """)));

        await AssertReadsAsync(client, api);
        Assert.Equal("CN=admin", api.Calls[0].ClientCertificate);
    }

    [Fact]
    public async Task In_a_pod_by_what_the_kubelet_mounts()
    {
        await using var api = await StartAsync();
        await api.WriteServiceAccountAsync(_folder.FullName, Cancelled);
        // Where the official client looks is not for its callers to say.
        var place = typeof(KubernetesClientConfiguration).GetField(
            "ServiceAccountPath", BindingFlags.NonPublic | BindingFlags.Static)!;
        place.SetValue(null, _folder.FullName);
        Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_HOST", api.Address.Host);
        Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_PORT", $"{api.Address.Port}");
        using var client = Official.Open(KubernetesClientConfiguration.InClusterConfig());

        await AssertReadsAsync(client, api);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _certificates.Dispose();
    }

    private static async Task AssertReadsAsync(IKubernetes client, FakeKubernetesApi api)
    {
        var web = await client.AppsV1.ReadNamespacedDeploymentAsync("web", "tracebloc", cancellationToken: Cancelled);

        Assert.Equal("web", web.Metadata.Name);
        Assert.Equal(200, Assert.Single(api.Calls).Status);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_000_000);
        return path;
    }

    private static string Line(string pem) => pem.Replace("\n", "\\n", StringComparison.Ordinal);

    private static string WithUser(FakeKubernetesApi api, string user) =>
        api.Kubeconfig.Replace($"token: \"{api.Token}\"", user.Trim(), StringComparison.Ordinal);

    private async Task<FakeKubernetesApi> StartAsync(bool requireClientCertificate = false)
    {
        var api = await FakeKubernetesApi.StartAsync(
            new() { Certificates = _certificates, RequireClientCertificate = requireClientCertificate }, Cancelled);
        api.Add(Some.Deployment("web").Container("api", "registry.example.com/api:stable"));
        return api;
    }
}
