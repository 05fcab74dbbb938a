using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>
/// Says of every pod in the namespace that it runs and is ready, as the kubelet of a node would: an API server alone
/// has no nodes, and its controllers go by what they are told.
/// </summary>
internal sealed class PlayedKubelet : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly string _pods;
    private Task _playing = Task.CompletedTask;

    private PlayedKubelet(HttpClient client, string ns) => (_client, _pods) = (client, $"/api/v1/namespaces/{ns}/pods");

    public static async Task<PlayedKubelet> StartAsync(RealCluster cluster, CancellationToken cancellationToken)
    {
        var server = await cluster.ServerAsync(cancellationToken);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.AddRange(server.Authorities);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        };
        var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        var kubelet = new PlayedKubelet(client, cluster.Namespace);
        kubelet._playing = kubelet.PlayAsync();
        return kubelet;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task PlayAsync()
    {
        while (true)
        {
            await using var events = await _client.GetStreamAsync($"{_pods}?watch=true", _stop.Token);
            using var lines = new StreamReader(events);
            while (await lines.ReadLineAsync(_stop.Token) is { } line)
            {
                var pod = JsonNode.Parse(line)!["object"]!;
                if (pod["metadata"]!["deletionTimestamp"] is null && (string?)pod["status"]?["phase"] == "Pending")
                    await RunAsync(pod);
            }
        }
    }

    private async Task RunAsync(JsonNode pod)
    {
        pod["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
        };
        using var body = new StringContent(pod.ToJsonString(), Encoding.UTF8, "application/json");
        // A conflict means that there is a newer event to come.
        using var answer = await _client.PutAsync(
            $"{_pods}/{(string?)pod["metadata"]!["name"]}/status", body, _stop.Token);
    }
}
