using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Which of several credentials is sent, and which after a renewal.</summary>
public sealed class CredentialOrderTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates = TestCertificates.Create();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_file_wins_over_a_token()
    {
        await using var api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        using var client = new KubernetesClient(new()
        {
            Server = api.Address,
            Token = "stale",
            TokenFile = _folder.Write("token", api.Token),
        }, _time);
        await ListAsync(client);

        Assert.Equal($"Bearer {api.Token}", Assert.Single(api.Calls).Headers["Authorization"]);
    }

    [Fact]
    public async Task A_kubeconfig_with_both_uses_the_file()
    {
        await using var api = await FakeKubernetesApi.StartAsync(new() { Certificates = _certificates }, Cancelled);
        _folder.Write("token", api.Token);
        var config = _folder.Write("config", api.Kubeconfig.Replace(
            $"token: \"{api.Token}\"", "token: stale, tokenFile: token", StringComparison.Ordinal));
        using var client = new KubernetesClient(
            KubernetesClientConfiguration.FromKubeConfig(new KubeConfigSource([config])), _time);
        await ListAsync(client);

        Assert.Equal(200, Assert.Single(api.Calls).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_renewed_client_certificate_of_a_plugin_is_used(bool isRefused)
    {
        await using var api = await FakeKubernetesApi.StartAsync(
            new() { Certificates = _certificates, RequireClientCertificate = true }, Cancelled);
        WriteAnswer("first");
        using var client = OpenByPlugin(api);
        await ListAsync(client);
        await ListAsync(client);
        WriteAnswer("second");
        if (isRefused) api.Fail("list", "namespaces", FakeFault.Status(401, "Unauthorized"));
        else _time.Advance(TimeSpan.FromMinutes(5));
        await ListAsync(client);

        string[] expected = ["CN=first", "CN=first", .. isRefused ? (string[])["CN=first"] : [], "CN=second"];
        Assert.Equal(expected, api.Calls.Select(call => call.ClientCertificate));
    }

    [Fact]
    public async Task A_watch_that_is_opened_again_shows_the_renewed_certificate()
    {
        await using var api = await FakeKubernetesApi.StartAsync(
            new() { Certificates = _certificates, RequireClientCertificate = true }, Cancelled);
        WriteAnswer("first");
        using var client = OpenByPlugin(api);
        await using var events = client.WatchAsync(
            ResourceType.ConfigMaps, "tracebloc", new(), ContractJson.Default.JsonObject, Cancelled)
            .GetAsyncEnumerator(Cancelled);
        api.Add(Some.ConfigMap("one"));
        Assert.True(await events.MoveNextAsync()); // the client reads the watch, and no clock ends its opening
        var next = events.MoveNextAsync();
        WriteAnswer("second");
        _time.Advance(TimeSpan.FromMinutes(5));
        api.EndWatches();
        await OpenAsync(api, 2);
        api.Add(Some.ConfigMap("two"));

        Assert.True(await next);
        Assert.Equal(["CN=first", "CN=second"], api.Calls.Select(call => call.ClientCertificate));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private static Task<FakeCall> OpenAsync(FakeKubernetesApi api, int count) => api.WaitForCallAsync(
        _ => api.Calls.Count(call => call is { Verb: "watch", Status: 200 }) >= count, Cancelled);

    private KubernetesClient OpenByPlugin(FakeKubernetesApi api) => new(
        new()
        {
            Server = api.Address,
            CertificateAuthorities = [_certificates.Authority],
            Exec = new()
            {
                Command = _folder.Write("plugin", $"#!/bin/sh\ncat {_folder.Path}/answer\n"),
                ApiVersion = "client.authentication.k8s.io/v1",
            },
        },
        _time);

    /// <summary>Writes the output of the plugin: a certificate of that name, good for four minutes.</summary>
    private void WriteAnswer(string name)
    {
        var (certificate, key) = TestCertificates.ToPem(_certificates.IssueClient(name));
        _folder.Write("answer", new JsonObject
        {
            ["kind"] = "ExecCredential",
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["status"] = new JsonObject
            {
                ["clientCertificateData"] = certificate,
                ["clientKeyData"] = key,
                ["expirationTimestamp"] = _time.GetUtcNow().AddMinutes(4).ToString("O"),
            },
        }.ToJsonString());
    }

    private static Task ListAsync(KubernetesClient client) => client.ListAsync(
        ResourceType.Namespaces, null, new(), ContractJson.Default.ResourceListJsonObject, Cancelled);
}
