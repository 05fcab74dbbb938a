using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>Gates on real servers.</summary>
public sealed class GateTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    [Fact]
    public async Task A_digest_soaks_and_one_write_remembers_since_when()
    {
        await using var scene = await PushedTwiceAsync("soaking", "minAge: 1h");

        var held = (await scene.RunAsync()).AssertExit(0);
        scene.Forget();
        (await scene.RunAsync()).AssertExit(0);

        Assert.Contains("held until", held.Output, StringComparison.Ordinal);
        Assert.Equal(["GET"], scene.Api.Calls.Select(call => call.Method));
        var live = await cluster.DeploymentAsync("soaking");
        Assert.Equal(1, live.Revision);
        var digest = live.Annotation("tracebloc.io/soaking-refresh-seen") ?? "";
        await ConfigureAsync(scene, "soaking", "minAge: 1ms");
        (await scene.RunAsync()).AssertExit(0);

        (await cluster.DeploymentAsync("soaking")).AssertRefreshedOnce("soaking", digest);
    }

    [Fact]
    public async Task The_published_program_knows_the_zones_of_its_windows()
    {
        await using var scene = await PushedTwiceAsync("window", "windows: [Mon-Sun 00:00-24:00 Europe/Berlin]");

        (await scene.RunAsync()).AssertExit(0);

        Assert.Equal(2, (await cluster.DeploymentAsync("window")).Revision);
    }

    [Fact]
    public async Task An_image_that_a_node_could_not_run_is_not_applied_until_that_node_is_gone()
    {
        await using var scene = await PushedTwiceAsync("nodes", "platforms: nodes");
        var denied = (await scene.RunAsync()).AssertExit(11);
        Assert.Contains("grant verb \"list\" on \"nodes\" of the core API group in a ClusterRole", denied.Output);
        await GrantNodesAsync();
        await cluster.ApplyAsync(
            """
            {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "mainframe"},
             "status": {"nodeInfo": {
               "operatingSystem": "linux", "architecture": "s390x", "bootID": "", "containerRuntimeVersion": "",
               "kernelVersion": "", "kubeProxyVersion": "", "kubeletVersion": "", "machineID": "", "osImage": "",
               "systemUUID": ""} } }
            """,
            Cancelled);
        try
        {
            var incomplete = (await scene.RunAsync()).AssertExit(0);
            Assert.Contains("not for linux/s390x", incomplete.Output, StringComparison.Ordinal);
            Assert.Equal(1, (await cluster.DeploymentAsync("nodes")).Revision);
        }
        finally
        {
            await cluster.KubectlAsync(["delete", "node", "mainframe"], Cancelled);
        }

        (await scene.RunAsync()).AssertExit(0);

        Assert.Equal(2, (await cluster.DeploymentAsync("nodes")).Revision);
    }

    /// <summary>A settled Deployment, and a newer image that the option is asked about.</summary>
    private async Task<RefreshScene> PushedTwiceAsync(string name, string option)
    {
        var scene = await StartAsync(cluster, registry, Rules.Watching(name));
        await scene.DeployAsync(name);
        await scene.PushAsync(name, "1");
        await ConfigureAsync(scene, name, option);
        (await scene.RunAsync()).AssertExit(0);
        await scene.PushAsync(name, "2");
        return scene;
    }

    private static Task ConfigureAsync(RefreshScene scene, string name, string option) => scene.ConfigureAsync($$"""
        - {name: {{name}}, image: "{{scene.ImageOf(name)}}", workload: deployment/{{name}}, action: restart, {{option}}}
        """);

    private Task GrantNodesAsync() => cluster.ApplyAsync(
        $$"""
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
           "metadata": {"name": "{{cluster.Namespace}}-nodes"},
           "rules": [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["list"]}]},
          {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
           "metadata": {"name": "{{cluster.Namespace}}-nodes"},
           "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
             "name": "{{cluster.Namespace}}-nodes"},
           "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group",
             "name": "system:serviceaccounts:{{cluster.Namespace}}"}]} ]}
        """,
        Cancelled);
}
