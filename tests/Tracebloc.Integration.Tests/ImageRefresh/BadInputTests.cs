using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>Bad input is reported before anything happens: all of it at once, with its place, exit code 2.</summary>
public sealed class BadInputTests(RealCluster cluster, RealRegistryFixture registry)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    [Fact]
    public async Task A_bad_configuration_shows_every_error_and_asks_nobody_anything()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await scene.ConfigureAsync(
            """
            - {name: One, image: "example.com/Web:prod", workload: deployment/one, action: restart}
            - {name: two, image: "example.com/two:prod", workload: job/two, action: restart, colour: blue}
            - {name: three, image: "example.com/three:prod", workload: deployment/three, action: setEnv}
            """,
            "rolloutTimeout: soon");

        var result = (await scene.RunAsync()).AssertExit(2);

        string[] places =
        [
            "6: rolloutTimeout", "8: images[0].name", "8: images[0].image", "9: images[1].workload",
            "9: images[1].colour", "10: images[2]", "10: images[2]",
        ];
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(places, lines.Select((line, i) => line[(line.IndexOf("yaml:") + 5)..][..places[i].Length]));
        Assert.Empty(scene.Api.Calls);
        Assert.Empty(scene.Images.Calls);
    }

    [Fact]
    public async Task What_is_not_yaml_is_told_by_line()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await scene.WriteAsync("refresh.yaml", "apiVersion: refresh.tracebloc.io/v1\nkind: [RefreshConfig\n");

        var result = (await scene.RunAsync()).AssertExit(2);

        Assert.Contains("refresh.yaml", result.Error);
        Assert.Empty(scene.Api.Calls);
    }

    [Fact]
    public async Task A_kubeconfig_without_the_context_is_told_by_name()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await ConfigureAsync(scene);

        var result = (await scene.RunAsync("--context", "production")).AssertExit(2);

        Assert.Contains("production", result.Error);
        Assert.Contains(scene.KubeConfig, result.Error);
        Assert.Empty(scene.Api.Calls);
    }

    [Fact]
    public async Task A_missing_authority_file_is_told_by_path_and_nothing_changes()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await ConfigureAsync(scene);
        var text = await File.ReadAllTextAsync(scene.Path("refresh.yaml"), Cancelled);
        await scene.WriteAsync("refresh.yaml", text.Replace("ca.crt", "absent.crt", StringComparison.Ordinal));

        var result = (await scene.RunAsync()).AssertExit(2);

        Assert.Contains("absent.crt", result.Error);
        Assert.Empty(scene.Api.Calls);
    }

    [Fact]
    public async Task A_container_that_the_deployment_does_not_have_is_told_with_those_it_has()
    {
        await using var scene = await StartAsync(cluster, registry, Rules.All);
        await cluster.DeployAsync("misfit");
        await scene.PushAsync("misfit", "1");
        await scene.ConfigureAsync($$"""
            - {name: misfit, image: "{{scene.ImageOf("misfit")}}", workload: deployment/misfit, action: setImage,
               container: sidecar}
            """);

        var result = (await scene.RunAsync()).AssertExit(2);

        Assert.Contains("no container \"sidecar\"", result.Output);
        Assert.DoesNotContain(scene.Api.Calls, call => call.Method == "PATCH");
    }

    [Fact]
    public async Task Without_a_verb_the_help_is_printed_and_a_wrong_option_is_a_usage_error()
    {
        RealParts.SkipWithout(RealParts.Published);

        Assert.Contains("Usage:", (await PublishedProgram.RunAsync()).AssertExit(0).Output);
        var wrong = (await PublishedProgram.RunAsync("run", "--confg", "x")).AssertExit(2);

        Assert.Contains("--confg", wrong.Error);
    }

    private static Task ConfigureAsync(RefreshScene scene) => scene.ConfigureAsync(
        $$"""- {name: app, image: "{{scene.ImageOf("app")}}", workload: deployment/app, action: restart}""");
}
