using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>CronJob and PodDisruptionBudget left beta with 1.21; customers run 1.28 to 1.36, the tests 1.20.</summary>
public sealed class ClusterVersionTests
{
    [Theory]
    [InlineData("1.20.2", "batch/v1beta1", "policy/v1beta1")]
    [InlineData("1.21.0", "batch/v1", "policy/v1")]
    [InlineData("1.35.0", "batch/v1", "policy/v1")]
    [InlineData("1.27.3-gke.100", "batch/v1", "policy/v1")]
    public async Task Each_kind_is_of_the_version_that_the_cluster_serves(string cluster, string cronJob, string budget)
    {
        var chart = await Chart.Client.RenderAsync(new Release { KubeVersion = cluster });

        Assert.Equal([cronJob, cronJob], VersionsOf(chart, "CronJob"));
        Assert.Equal([budget, budget], VersionsOf(chart, "PodDisruptionBudget"));
    }

    [Fact]
    public async Task What_the_cluster_says_counts_before_its_version()
    {
        var chart = await Chart.Client.RenderAsync(
            new Release { KubeVersion = "1.20.2", ApiVersion = "batch/v1/CronJob" });

        Assert.Equal(["batch/v1", "batch/v1"], VersionsOf(chart, "CronJob"));
    }

    [Fact]
    public async Task An_older_cluster_is_refused() => Assert.Contains(
        "chart requires kubeVersion: >=1.20.0-0",
        await Chart.Client.RefusalAsync(new Release { KubeVersion = "1.19.16" }));

    private static IEnumerable<string> VersionsOf(Rendering chart, string kind) =>
        chart.Manifests.Where(manifest => manifest.Kind == kind).Select(manifest => manifest.ApiVersion);
}
