using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The workloads and Events of a namespace, in which programs leave text for others to read.</summary>
internal static class Traces
{
    private const string Kinds = "deployments,statefulsets,daemonsets,cronjobs,events.events.k8s.io";

    public static async Task<IReadOnlyList<(string Place, string Text)>> TracesAsync(this RealCluster cluster)
    {
        var found = await cluster.KubectlAsync(
            ["get", Kinds, "--output=json"], TestContext.Current.CancellationToken);
        return
        [
            .. JsonNode.Parse(found)!["items"]!.AsArray().Select(item =>
                ($"the {(string?)item!["kind"]} {(string?)item["metadata"]!["name"]}", item.ToJsonString())),
        ];
    }
}
