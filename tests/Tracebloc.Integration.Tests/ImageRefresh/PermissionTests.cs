using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>Real service accounts: the least rights are enough, more are used.</summary>
public sealed class PermissionTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    [Fact]
    public async Task Get_and_patch_of_the_one_deployment_are_enough()
    {
        await using var scene = await RefreshedAsync("least", Rules.Least("least"));

        // The watch and the pods are asked for once and denied; then it is GET, as often as it takes.
        Assert.Matches("^GET,PATCH,WATCH(,GET|,PODS){2,},PATCH$", CallsOf(scene));
        Assert.Single(scene.Api.Calls, call => call.Target.Contains("/pods", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watch_that_is_granted_by_name_is_used()
    {
        await using var scene = await RefreshedAsync("watched", Rules.Watching("watched"));

        Assert.Matches("^GET,PATCH,WATCH(,PODS)*,PATCH$", CallsOf(scene));
    }

    [Theory]
    [InlineData("get", "GET")]
    [InlineData("patch", "GET,PATCH")]
    public async Task Without_either_the_run_fails_and_says_which_right_is_missing(string missing, string calls)
    {
        var name = $"without-{missing}";
        var rules = Rules.Least(name).Replace($"\"{missing}\"", "\"watch\"");
        await using var scene = await StartAsync(cluster, registry, rules);
        await scene.DeployAsync(name);
        await scene.PushAsync(name, "1");
        await ConfigureAsync(scene, name);
        scene.Forget();

        var result = (await scene.RunAsync()).AssertExit(11);

        Assert.Contains("forbidden", result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"cannot {missing} resource", result.Output);
        Assert.Equal(calls, CallsOf(scene));
        Assert.Equal(missing == "get", scene.Images.Calls.Count == 0);
        Assert.Null((await cluster.DeploymentAsync(name)).Settled(name));
    }

    [Fact]
    public async Task A_deployment_that_does_not_exist_fails_the_run_and_another_is_refreshed_all_the_same()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await scene.DeployAsync("present");
        var digest = await scene.PushAsync("present", "1");
        await scene.ConfigureAsync($$"""
            - {name: gone, image: "{{scene.ImageOf("gone")}}", workload: deployment/gone, action: restart}
            - {name: present, image: "{{scene.ImageOf("present")}}", workload: deployment/present, action: restart}
            """);

        var result = (await scene.RunAsync()).AssertExit(11);

        Assert.Contains("deployments/gone", result.Output);
        Assert.DoesNotContain(scene.Images.Calls, call => call.Target.Contains("gone", StringComparison.Ordinal));
        Assert.Equal(digest, (await cluster.DeploymentAsync("present")).Settled("present"));
    }

    [Fact]
    public async Task Credentials_that_are_not_accepted_fail_the_run()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.None);
        await ConfigureAsync(scene, "nobody");
        var config = await File.ReadAllTextAsync(scene.KubeConfig, Cancelled);
        await scene.WriteAsync("kubeconfig", config.Replace("token: \"", "token: \"x", StringComparison.Ordinal));

        var result = (await scene.RunAsync()).AssertExit(11);

        Assert.Contains("Unauthorized", result.Output);
        Assert.Empty(scene.Images.Calls);
    }

    private static string CallsOf(RefreshScene scene) =>
        string.Join(',', scene.Api.Calls.Select(call => call switch
        {
            { IsWatch: true } => "WATCH",
            _ when call.Target.Contains("/pods", StringComparison.Ordinal) => "PODS",
            _ => call.Method,
        }));

    private static Task ConfigureAsync(RefreshScene scene, string name) => scene.ConfigureAsync(
        $$"""- {name: {{name}}, image: "{{scene.ImageOf(name)}}", workload: deployment/{{name}}, action: restart}""");

    /// <summary>A scene in which one digest has just been refreshed to, and the calls of that.</summary>
    private async Task<RefreshScene> RefreshedAsync(string name, string rules)
    {
        var scene = await StartAsync(cluster, registry, rules);
        await scene.DeployAsync(name);
        await scene.PushAsync(name, "1");
        await ConfigureAsync(scene, name);
        (await scene.RunAsync()).AssertExit(0);
        var digest = await scene.PushAsync(name, "2");
        scene.Forget();
        (await scene.RunAsync()).AssertExit(0);
        (await cluster.DeploymentAsync(name)).AssertRefreshedOnce(name, digest);
        return scene;
    }
}
