using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The published program on real servers, from the first tick to a repair.</summary>
public sealed class RefreshTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    private static string SetEnv(RefreshScene scene, string name) => $$"""
        - {name: {{name}}, image: "{{scene.ImageOf(name)}}", workload: deployment/{{name}}, action: setEnv,
           container: api, env: {{Deployments.Variable}}}
        """;

    [Fact]
    public async Task First_sight_then_nothing_then_a_push_then_nothing_again()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.Watching("story"));
        await scene.DeployAsync("story");
        var first = await scene.PushAsync("story", "1");
        await scene.ConfigureAsync(SetEnv(scene, "story"));

        (await scene.RunAsync()).AssertExit(0);

        var seen = await cluster.DeploymentAsync("story");
        Assert.Equal((1, first, null), (seen.Revision, seen.Settled("story"), seen.LiveVariable));
        await AssertNothingToDoAsync(scene);

        var second = await scene.PushAsync("story", "2");
        var refreshed = (await scene.RunAsync()).AssertExit(0);

        Assert.Contains("refreshed", refreshed.Output);
        var live = await cluster.DeploymentAsync("story");
        live.AssertRefreshedOnce("story", second);
        Assert.Equal(second, live.LiveVariable);
        await AssertNothingToDoAsync(scene);
    }

    [Fact]
    public async Task What_somebody_reverted_is_set_again_and_the_log_names_them()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.Watching("reverted"));
        await scene.DeployAsync("reverted");
        var old = await scene.PushAsync("reverted", "1");
        await scene.ConfigureAsync(SetEnv(scene, "reverted"));
        await scene.RunAsync();
        var digest = await scene.PushAsync("reverted", "2");
        Assert.Contains("refreshed", (await scene.RunAsync()).AssertExit(0).Output);
        await cluster.KubectlAsync(
            ["set", "env", "deployment/reverted", $"{Deployments.Variable}={old}", "--field-manager=helm"], Cancelled);

        var repaired = (await scene.RunAsync()).AssertExit(0);

        Assert.Contains("by helm at", repaired.Error);
        var live = await cluster.DeploymentAsync("reverted");
        Assert.Equal((digest, digest), (live.LiveVariable, live.Settled("reverted")));
    }

    [Fact]
    public async Task A_dry_run_tells_its_plan_as_json_and_writes_nothing()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.Least("planned"));
        await scene.DeployAsync("planned");
        await scene.PushAsync("planned", "1");
        await scene.ConfigureAsync(SetEnv(scene, "planned"));
        await scene.RunAsync();
        var digest = await scene.PushAsync("planned", "2");
        scene.Forget();

        var plan = JsonNode.Parse((await scene.RunAsync("--dry-run", "--output", "json")).AssertExit(0).Output)!;

        var image = Assert.Single(plan["images"]!.AsArray())!;
        Assert.Equal(("refreshed", digest), ((string?)image["outcome"], (string?)image["latest"]));
        Assert.True((bool?)plan["dryRun"]);
        Assert.Equal("GET", Assert.Single(scene.Api.Calls).Method);
    }

    private static async Task AssertNothingToDoAsync(RefreshScene scene)
    {
        scene.Forget();
        var result = (await scene.RunAsync()).AssertExit(0);
        Assert.Contains("unchanged", result.Output);
        Assert.Equal("", result.Error);
        Assert.Equal("GET", Assert.Single(scene.Api.Calls).Method);
        Assert.All(scene.Images.Calls, call => Assert.NotEqual("/v2/", call.Target));
        Assert.Equal(["HEAD", "HEAD"], scene.Images.Calls.Select(call => call.Method));
    }
}
