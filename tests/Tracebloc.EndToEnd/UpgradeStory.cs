using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>The release takes itself to the chart's next version, and out of what a dead helm left.</summary>
internal sealed class UpgradeStory(World world, Release gamma)
{
    // A minute for helm and one more, after which a pending release is taken for abandoned.
    private static readonly TimeSpan Abandonment = TimeSpan.FromMinutes(4);

    private readonly ChartRepository _charts = world.Around.Charts;
    private readonly Teller _teller = gamma.Teller;

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        _teller.Scene(10, "Auto-upgrade takes the release to the next version and keeps the operator's values");
        var idle = await gamma.Upgrades.NextAsync(cancellationToken);
        var now = await NowAsync(cancellationToken);
        _teller.Equal("with nothing newer it does nothing", (0, 1), (idle.ExitCode, now.Revision));
        await UpgradeAsync(cancellationToken);
        await AbandonAsync(cancellationToken);
        await RecoverAsync(cancellationToken);
    }

    private async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        var values = await ValuesAsync(cancellationToken);
        _charts.PublishNext();
        _teller.Say($"{Path.GetFileName(_charts.Next)} is published");
        var tick = await gamma.Upgrades.NextAsync(cancellationToken);
        var now = await NowAsync(cancellationToken);
        var workload = await gamma.WorkloadAsync("jobs-manager", cancellationToken);
        _teller.Equal("the tick succeeds", 0, tick.ExitCode);
        _teller.Equal(
            "the next version is deployed", ($"client-{ChartRepository.VersionOf(_charts.Next)}", "deployed"),
            (now.Chart, now.Status));
        _teller.Equal("the operator's values are what they were", values, await ValuesAsync(cancellationToken));
        _teller.Equal("and in force", "of-the-operator", workload.Variable("api", "FLAVOUR"));
    }

    /// <summary>An operator's helm dies while it waits for a pod that never becomes ready.</summary>
    private async Task AbandonAsync(CancellationToken cancellationToken)
    {
        await gamma.Upgrades.BetweenAsync(
            async () =>
            {
                var helm = gamma.Helm.Start(
                    [
                        "upgrade", gamma.Name, _charts.Next, "--reuse-values", "--wait",
                        $"--set=images.jobsManager.digest=sha256:{new string('0', 64)}",
                    ],
                    cancellationToken);
                await gamma.Kubectl.UntilAsync(
                    Kind.Secrets,
                    secrets => secrets.FirstOrDefault(IsPending),
                    new Limit("a pending upgrade", TimeSpan.FromMinutes(1)),
                    cancellationToken);
                helm.Kill();
                await helm.Task;
            },
            cancellationToken);
        var now = await NowAsync(cancellationToken);
        _teller.Equal("a killed helm leaves the release pending", "pending-upgrade", now.Status);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var waiting = await gamma.Upgrades.NextAsync(cancellationToken);
        _teller.Claim("a tick that may yet find that helm at work leaves it alone", waiting.ExitCode == 0, waiting.Log);
        await gamma.Kubectl.UntilAsync(
            Kind.Secrets,
            secrets => secrets.Any(IsPending) ? null : secrets,
            new Limit("the end of the pending upgrade", Abandonment),
            cancellationToken);
        var now = await NowAsync(cancellationToken);
        var workload = await gamma.WorkloadAsync("jobs-manager", cancellationToken);
        _teller.Equal("a later one recovers it", "deployed", now.Status);
        _teller.Equal("the operator's values are in force", "of-the-operator", workload.Variable("api", "FLAVOUR"));
        _teller.Equal(
            "the image that does not exist is gone", "docker.io/tracebloc/jobs-manager:dev", workload.Image("api"));
    }

    private static bool IsPending(JsonNode secret) =>
        (string?)secret["metadata"]?["labels"]?["status"] is "pending-upgrade" or "pending-rollback";

    private Task<string> ValuesAsync(CancellationToken cancellationToken) =>
        gamma.Helm.RunAsync(cancellationToken, "get", "values", gamma.Name);

    private async Task<ReleaseState> NowAsync(CancellationToken cancellationToken)
    {
        var list = await gamma.Helm.RunAsync(cancellationToken, "list", "--all", "--output=json");
        var release = JsonNode.Parse(list)![0]!;
        return new ReleaseState(Text("chart"), Text("status"), int.Parse(Text("revision")));

        string Text(string field) => (string?)release[field] ?? "";
    }

    private sealed record ReleaseState(string Chart, string Status, int Revision);
}
