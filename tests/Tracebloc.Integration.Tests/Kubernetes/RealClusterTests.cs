namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>That the real cluster of these tests is one: it stores objects and its controllers work on them.</summary>
public sealed class RealClusterTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_server_answers_and_controllers_run()
    {
        RealParts.SkipWithout(RealParts.Cluster);
        await cluster.ApplyAsync(
            """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {
              "replicas": 0, "selector": {"matchLabels": {"app": "web"}}, "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": "example.com/web:stable"}]}}}}
            """,
            Cancelled);

        // With no replicas to run, the deployment controller alone completes the rollout: no node takes part.
        var answer = await cluster.KubectlAsync(["rollout", "status", "deployment/web", "--timeout=30s"], Cancelled);

        Assert.Contains("successfully rolled out", answer);
    }

    [Fact]
    public async Task Kubectls_error_says_what_it_said()
    {
        RealParts.SkipWithout(RealParts.Cluster);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => cluster.KubectlAsync(["get", "deployment", "absent"], Cancelled));

        Assert.Contains("NotFound", error.Message);
    }
}
