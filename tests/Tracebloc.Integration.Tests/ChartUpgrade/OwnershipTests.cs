using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Kubernetes;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>
/// Releases that Helm 3 and Helm 4 made, in which image refresh has set a digest since, to a chart that replaces the
/// Deployment's strategy.
/// </summary>
public sealed class OwnershipTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    [Theory]
    [InlineData("helm3", "--server-side=false")]
    [InlineData("helm4", "--server-side=true")]
    public async Task A_digest_that_image_refresh_has_set_is_no_conflict(string release, string made)
    {
        await using var scene = await StartAsync(cluster, release);
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0", made);
        await cluster.KubectlAsync(
            ["patch", "deployment", release, "--field-manager=image-refresh", "--patch", Digest], Cancelled);
        await scene.PublishAsync("2.0.0", strategy: "Recreate");

        (await scene.RunAsync()).AssertExit(0);

        var deployment = await cluster.DeploymentAsync(release);
        Assert.Equal("Recreate", deployment.Object.Spec.Strategy.Type);
        Assert.Equal("sha256:aa", deployment.Settled("ingestor"));
    }

    private const string Digest = """
        {"metadata": {"annotations": {"tracebloc.io/last-refreshed-ingestor-digest": "sha256:aa"}},
         "spec": {"template": {"spec": {"containers": [
           {"name": "api", "env": [{"name": "INGESTOR_IMAGE_DIGEST", "value": "sha256:aa"}]}]}}}}
        """;
}
