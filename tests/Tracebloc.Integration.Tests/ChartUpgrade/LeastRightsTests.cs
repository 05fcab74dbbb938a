using Tracebloc.Integration.Tests.Kubernetes;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>The least rights of a Role; the client chart's own has the same.</summary>
public sealed class LeastRightsTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    private const string Rules = """
        [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "create", "update", "delete"]},
         {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "patch"]},
         {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch"]},
         {"apiGroups": ["apps"], "resources": ["replicasets"], "verbs": ["list"]}]
        """;

    [Fact]
    public async Task Get_and_patch_of_its_objects_the_records_and_a_list_of_replica_sets_are_enough()
    {
        await using var scene = await StartAsync(cluster, "least");
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0");
        scene.KubeConfig = scene.Path("least");
        await cluster.WriteKubeConfigAsync(scene.KubeConfig, await cluster.TokenAsync(Rules, Cancelled), Cancelled);

        (await scene.RunAsync()).AssertExit(0);

        await scene.PublishAsync("1.2.0", "replicas: 1");
        var failed = (await scene.RunAsync("--timeout", "5s")).AssertExit(12);
        Assert.Contains("and was rolled back: ", failed.Output);
        Assert.Equal("deployed client-1.1.0", (await scene.HistoryAsync())[^1]);
    }
}
