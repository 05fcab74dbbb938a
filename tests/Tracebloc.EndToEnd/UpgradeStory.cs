using System.Text.Json.Nodes;
using Tracebloc.Testing;

namespace Tracebloc.EndToEnd;

/// <summary>The release takes itself to the chart's next version, and out of what a dead helm left.</summary>
internal sealed class UpgradeStory(World world, Release gamma)
{
    private readonly ChartRepository _charts = world.Around.Charts;
    private readonly StoryReporter _reporter = gamma.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(10, "Auto-upgrade takes the release to the next version and keeps the operator's values");
        var idle = await gamma.Upgrades.NextAsync("is the newest", cancellationToken);
        var now = await NowAsync(cancellationToken);
        _reporter.Equal("with nothing newer it does nothing", ((int?)0, (int?)1), (idle.ExitCode, now.Revision));
        await UpgradeAsync(cancellationToken);
        await AbandonAsync(cancellationToken);
        await RecoverAsync(cancellationToken);
    }

    private async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        var values = await ValuesAsync(cancellationToken);
        _charts.PublishNext();
        _reporter.Say($"{Path.GetFileName(_charts.Next)} is published");
        var tick = await gamma.Upgrades.NextAsync("upgraded", cancellationToken);
        var now = await NowAsync(cancellationToken);
        var workload = await gamma.WorkloadAsync("jobs-manager", cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Equal(
            "the next version is deployed", $"client-{ChartRepository.VersionOf(_charts.Next)} deployed",
            $"{now.Chart} {now.Status}");
        _reporter.Equal("the operator's values are what they were", values, await ValuesAsync(cancellationToken));
        _reporter.Equal("and in force", "of-the-operator", workload.Variable("pods-monitor-container", "FLAVOUR"));
    }

    /// <summary>An operator's helm dies while it waits for a pod that never becomes ready.</summary>
    private async Task AbandonAsync(CancellationToken cancellationToken)
    {
        var missing = $"sha256:{new string('0', 64)}";
        var helm = gamma.Helm.StartAsync(
            [
                "upgrade", gamma.Name, _charts.Next, "--reuse-values", "--wait",
                $"--set=images.jobsManager.digest={missing}",
            ],
            cancellationToken);
        await gamma.Kubectl.UntilAsync(
            Kind.Deployments,
            all => all.FirstOrDefault(one => new Workload(one).Image("api")?.EndsWith(missing) is true),
            new Limit("the upgrade to an image that is missing", TimeSpan.FromMinutes(1)),
            cancellationToken);
        await Signal.KillAsync(helm.ProcessId);
        await helm;
        await gamma.Upgrades.ForgetAsync(cancellationToken);
        var now = await NowAsync(cancellationToken);
        _reporter.Equal("a killed helm leaves the release pending", "pending-upgrade", now.Status);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var waiting = await gamma.Upgrades.NextAsync(cancellationToken);
        _reporter.Claim(
            "as long as that helm could be at work it is left alone", waiting.Log.Contains("another helm is at work"),
            waiting.Log);
        var recovering = await gamma.Upgrades.NextAsync("abandoned, rolled back", cancellationToken);
        var now = await NowAsync(cancellationToken);
        var workload = await gamma.WorkloadAsync("jobs-manager", cancellationToken);
        _reporter.Equal("a later one recovers it", "deployed", now.Status);
        _reporter.Equal("and succeeds", 0, recovering.ExitCode);
        _reporter.Equal(
            "the operator's values are in force", "of-the-operator",
            workload.Variable("pods-monitor-container", "FLAVOUR"));
        _reporter.Equal(
            "the image that does not exist is gone", "ghcr.io/tracebloc/jobs-manager:prod", workload.Image("api"));
    }

    private Task<string> ValuesAsync(CancellationToken cancellationToken) =>
        gamma.Helm.RunAsync(cancellationToken, "get", "values", gamma.Name);

    private async Task<ReleaseState> NowAsync(CancellationToken cancellationToken)
    {
        var history = await gamma.Helm.RunAsync(
            cancellationToken, "history", gamma.Name, "--max=1", "--output=json");
        var last = JsonNode.Parse(history)![0]!;
        return new ReleaseState((string?)last["chart"], (string?)last["status"], (int?)last["revision"]);
    }

    private sealed record ReleaseState(string? Chart, string? Status, int? Revision);
}
