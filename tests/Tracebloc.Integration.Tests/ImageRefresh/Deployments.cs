using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Tracebloc.Integration.Tests.Kubernetes;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>Deployments of the tests, made with kubectl and read by the official client.</summary>
internal static class Deployments
{
    public const string Variable = "INGESTOR_IMAGE_DIGEST";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A Deployment whose first rollout is complete; without replicas no node has to take part.</summary>
    public static async Task DeployAsync(
        this RealCluster cluster, string name, int replicas = 0, params (string Name, string Value)[] annotations)
    {
        var manifest = JsonNode.Parse($$$"""
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "{{{name}}}", "annotations": {}},
              "spec": {
              "replicas": {{{replicas}}}, "selector": {"matchLabels": {"app": "{{{name}}}"}}, "template": {
                "metadata": {"labels": {"app": "{{{name}}}"}},
                "spec": {"containers": [{"name": "api", "image": "example.com/app:prod"}]} } } }
            """)!;
        foreach (var (key, value) in annotations)
            manifest["metadata"]!["annotations"]![key] = value;
        await cluster.ApplyAsync(manifest.ToJsonString(), Cancelled);
        await cluster.SettleAsync(name);
    }

    /// <summary>Waits until the controllers have seen the Deployment as it is, and its rollout is complete.</summary>
    public static Task SettleAsync(this RealCluster cluster, string name) =>
        cluster.KubectlAsync(["rollout", "status", $"deployment/{name}", "--timeout=60s"], Cancelled);

    public static async Task<LiveDeployment> DeploymentAsync(this RealCluster cluster, string name)
    {
        using var client = await cluster.OpenAsync();
        return new LiveDeployment(await client.AppsV1.ReadNamespacedDeploymentAsync(
            name, cluster.Namespace, cancellationToken: Cancelled));
    }
}

/// <summary>A Deployment as it is on the real server.</summary>
internal sealed record LiveDeployment(V1Deployment Object)
{
    /// <summary>Every change of the pod template moves it, and nothing else: 1 at first, 2 after a rollout.</summary>
    public int Revision => int.Parse(
        Annotation("deployment.kubernetes.io/revision") ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    public string? LiveVariable => Object.Spec.Template.Spec.Containers[0].Env?
        .Single(variable => variable.Name == Deployments.Variable).Value;

    public string? Annotation(string name) => Object.Metadata.Annotations?.TryGetValue(name, out var value) == true
        ? value : null;

    public string? Settled(string image) => Annotation($"tracebloc.io/last-refreshed-{image}-digest");

    public string? Attempts(string image) => Annotation($"tracebloc.io/{image}-refresh-attempts");

    /// <summary>One rollout in all, to this digest, and a record that says so with nothing left over.</summary>
    public void AssertRefreshedOnce(string image, string digest)
    {
        Assert.Equal((2, digest), (Revision, Settled(image)));
        Assert.Equal((digest, null, null), (Annotation($"tracebloc.io/{image}-refresh-applied"), Attempts(image),
            Annotation($"tracebloc.io/{image}-refresh-failed-attempts")));
        Assert.Null(Annotation($"tracebloc.io/{image}-refresh-error"));
    }
}
