using System.Text.Json.Nodes;
using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>A real kubelet behind a real API server keeps the contract of pods; the target E2E has one.</summary>
[Trait("Needs", "Node")]
public sealed class RealPodContract : PodContract
{
    protected override string Image => RealParts.PodImage ?? "";

    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken)
    {
        RealParts.SkipWithout(RealParts.Node);
        return RealCluster.ConnectAsync(cancellationToken);
    }

    private protected override async Task StartAsync(JsonObject pod, CancellationToken cancellationToken)
    {
        var ns = Client.Namespace;
        await Client.CreateAsync(
            ResourceType.Pods, ns, pod, new CreateOptions(), ContractJson.Default.JsonObject, cancellationToken);
        var options = new WatchOptions { FieldSelector = "metadata.name=contract", Timeout = TimeSpan.FromMinutes(1) };
        var last = "nothing";
        await foreach (var change in Client.WatchAsync(
            ResourceType.Pods, ns, options, ContractJson.Default.JsonObject, cancellationToken))
        {
            last = change.Object?["status"]?.ToJsonString() ?? last;
            if ((string?)change.Object?["status"]?["phase"] == "Running")
            {
                await WaitForLogAsync(cancellationToken);
                return;
            }
        }

        throw new TimeoutException($"the pod did not run within a minute: {last}");
    }

    /// <summary>The pod's script writes its second line when all else is ready.</summary>
    private async Task WaitForLogAsync(CancellationToken cancellationToken)
    {
        var lines = new PodApi(Client, Client.Namespace).FollowLogsAsync("contract", new(), cancellationToken);
        await foreach (var line in lines)
            if (line.Text == "second") return;
        throw new InvalidOperationException("the pod ended before its second line");
    }
}
