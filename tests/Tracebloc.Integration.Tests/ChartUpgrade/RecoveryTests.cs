using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing;
using static Tracebloc.Integration.Tests.ChartUpgrade.ChartScene;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>Recovery from a helm that was killed at work, and the state after ours was terminated.</summary>
public sealed class RecoveryTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    [Fact]
    public async Task An_upgrade_whose_helm_was_killed_is_undone_once_it_is_old_and_the_upgrade_follows()
    {
        await using var scene = await StartAsync(cluster, "killed");
        await scene.PublishAsync("1.0.0", "a: old");
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0", "replicas: 1\na: half done");
        await KillUpgradeAsync(scene, "1.1.0");
        await scene.PublishAsync("1.2.0", "a: new");

        var early = (await scene.RunAsync()).AssertExit(0);
        Assert.StartsWith("killed  waiting  pending-upgrade since 20", early.Output);
        Assert.Equal(["deployed client-1.0.0", "pending-upgrade client-1.1.0"], await scene.HistoryAsync());

        await scene.AgeAsync(revision: 2, by: TimeSpan.FromHours(1));
        var late = (await scene.RunAsync()).AssertExit(0);

        Assert.Matches(
            "^killed  upgraded  pending-upgrade since .* rolled back to revision 1; client 1.0.0 -> 1.2.0\n$",
            late.Output);
        Assert.Equal(
            ["superseded client-1.0.0", "pending-upgrade client-1.1.0", "superseded client-1.0.0",
                "deployed client-1.2.0"],
            await scene.HistoryAsync());
        Assert.Contains("\"a\":\"new\"", await scene.RenderedAsync());
    }

    [Fact]
    public async Task An_abandoned_upgrade_is_undone_although_the_repository_is_away()
    {
        await using var scene = await StartAsync(cluster, "away");
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0", "replicas: 1");
        await KillUpgradeAsync(scene, "1.1.0");
        await scene.AgeAsync(revision: 2, by: TimeSpan.FromHours(1));
        scene.Server.IsSilent = true;

        var result = (await scene.RunAsync("--fetch-timeout", "1s")).AssertExit(10);

        Assert.Contains("rolled back to revision 1; ", result.Output);
        Assert.Contains("helm timed out after 1s and was terminated", result.Output);
        Assert.Equal("deployed client-1.0.0", (await scene.HistoryAsync())[^1]);
    }

    [Fact]
    public async Task A_run_that_is_ended_in_mid_upgrade_rolls_back()
    {
        await using var scene = await StartAsync(cluster, "ended");
        await scene.PublishAsync("1.0.0");
        await scene.InstallAsync("1.0.0");
        await scene.PublishAsync("1.1.0", "replicas: 1");
        var program = scene.Start();
        await PendingAsync(scene, "1.1.0", program.Result);

        await program.TerminateAsync();

        (await program.Result).AssertExit(143);
        Assert.Equal(
            ["superseded client-1.0.0", "failed client-1.1.0", "deployed client-1.0.0"], await scene.HistoryAsync());
    }

    /// <summary>Upgrades by hand, and kills that helm at work.</summary>
    private static async Task KillUpgradeAsync(ChartScene scene, string version)
    {
        var helm = scene.StartHelm(
            ["upgrade", scene.Release, scene.Package(version), "--wait", "--timeout", "10m", .. scene.InCluster()]);
        await PendingAsync(scene, version, helm.Task);
        await Signal.KillAsync(helm.ProcessId);
        await helm;
    }

    private static async Task PendingAsync(ChartScene scene, string version, Task upgrade)
    {
        while ((await scene.HistoryAsync())[^1] != $"pending-upgrade client-{version}")
            Assert.False(upgrade.IsCompleted, "The upgrade ended before it was seen.");
    }
}
