using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.Kubernetes;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>The published program, the real helm and API server: upgrades that are due, and that are not.</summary>
public sealed class UpgradeTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    [Fact]
    public async Task The_newest_version_is_deployed_with_the_operator_s_values_under_new_defaults()
    {
        await using var scene = await StartAsync(cluster, "due");
        await scene.PublishAsync("1.0.0", "a: old default\nb: old default");
        await scene.InstallAsync("1.0.0", "--set", "a=the operator's");
        await scene.PublishAsync("1.1.0", "a: new default\nb: new default\nc: {d: new key}");
        await scene.PublishAsync("1.2.0-rc.1");

        var report = (await scene.RunAsync("--dry-run")).AssertExit(0);
        Assert.Equal(
            "dry run, nothing was changed; a run would report: due  upgraded  client 1.0.0 -> 1.1.0\n", report.Output);
        Assert.Equal(["deployed client-1.0.0"], await scene.HistoryAsync());

        Assert.Equal("due  upgraded  client 1.0.0 -> 1.1.0\n", (await scene.RunAsync()).AssertExit(0).Output);
        Assert.Equal(["superseded client-1.0.0", "deployed client-1.1.0"], await scene.HistoryAsync());
        var rendered = JsonNode.Parse(await scene.RenderedAsync())!;
        Assert.Equal(
            ("the operator's", "new default", "new key"),
            ((string?)rendered["a"], (string?)rendered["b"], (string?)rendered["c"]!["d"]));

        Assert.Equal("due  unchanged  client 1.1.0 is the newest\n", (await scene.RunAsync()).AssertExit(0).Output);
    }

    [Fact]
    public async Task A_newer_release_than_the_repository_s_is_never_downgraded()
    {
        await using var scene = await StartAsync(cluster, "ahead");
        await scene.PublishAsync("2.0.0");
        await scene.InstallAsync("2.0.0");
        File.Delete(scene.Package("2.0.0"));
        await scene.PublishAsync("1.9.62");

        var report = (await scene.RunAsync()).AssertExit(0);

        Assert.Equal("ahead  ahead  client 2.0.0 is newer than the repository's 1.9.62\n", report.Output);
        Assert.Equal(["deployed client-2.0.0"], await scene.HistoryAsync());
    }

    [Fact]
    public async Task What_fails_is_rolled_back_and_given_up_after_its_attempts()
    {
        await using var scene = await StartAsync(cluster, "failing");
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0", "replicas: 1");
        string[] impatient = ["--timeout", "5s", "--max-attempts", "2"];

        var first = (await scene.RunAsync(impatient)).AssertExit(12);
        (await scene.RunAsync(impatient)).AssertExit(12);
        var third = (await scene.RunAsync(impatient)).AssertExit(13);

        Assert.StartsWith(
            "failing  rolled back  client 1.0.0 -> 1.1.0 failed, attempt 1 of 2, and was rolled back: ", first.Output);
        Assert.Contains("client 1.1.0 failed 2 times and is skipped until there is another", third.Output);
        Assert.Equal("deployed client-1.0.0", (await scene.HistoryAsync())[^1]);

        await scene.PublishAsync("1.1.1");
        (await scene.RunAsync()).AssertExit(0);
        Assert.Equal("deployed client-1.1.1", (await scene.HistoryAsync())[^1]);
    }

    [Fact]
    public async Task Values_that_the_new_chart_refuses_change_nothing_and_their_secrets_are_not_repeated()
    {
        await using var scene = await StartAsync(cluster, "refused");
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0", "--skip-schema-validation", "--set", "clientPassword=HUNTER2");
        await scene.PublishAsync("1.1.0");

        var result = (await scene.RunAsync()).AssertExit(12);

        Assert.Contains("was refused before anything changed: ", result.Output);
        Assert.Contains("clientPassword", result.Output);
        Assert.Contains("***", result.Output);
        Assert.DoesNotContain("HUNTER2", result.Output + result.Error);
        Assert.Equal(["deployed client-1.0.0"], await scene.HistoryAsync());
    }

    [Fact]
    public async Task What_is_not_installed_or_cannot_be_read_is_told_apart()
    {
        await using var scene = await StartAsync(cluster, "absent");
        await scene.PublishAsync("1.0.0");

        Assert.Contains("not installed", (await scene.RunAsync()).AssertExit(2).Output);

        var token = await cluster.TokenAsync("[]", Cancelled);
        scene.KubeConfig = scene.Path("nobody");
        await cluster.WriteKubeConfigAsync(scene.KubeConfig, token, Cancelled);
        Assert.Contains("is forbidden", (await scene.RunAsync()).AssertExit(11).Output);
    }
}
