namespace Tracebloc.EndToEnd;

/// <summary>A refresh that succeeds, and how an operator opts out of it and back in.</summary>
internal sealed class RefreshStory(World world, Release acme)
{
    private const string Tag = "prod", Variable = "INGESTOR_IMAGE_DIGEST";

    // What image refresh has written is its own, and helm 4 takes a value over only when told to.
    private const string TakeOver = "--force-conflicts";

    private readonly StandIns _images = world.Around.StandIns;
    private readonly StoryReporter _reporter = acme.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await FirstSightAsync(cancellationToken);
        await acme.TestAsync(cancellationToken);
        await PermissionStory.RunAsync(acme, cancellationToken);
        await PodSecurityStory.RunAsync(acme, cancellationToken);
        await ManagerAsync(cancellationToken);
        await IngestorAsync(cancellationToken);
        await BothAsync(cancellationToken);
        await PinnedAsync(cancellationToken);
        await ResetAsync(cancellationToken);
        await AllPinnedAsync(cancellationToken);
    }

    private async Task FirstSightAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(1, "First observation: the digests are recorded, nothing restarts");
        var tick = await acme.Refreshes.NextAsync("recorded", cancellationToken);
        var after = await ManagerWorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Equal(
            "jobs-manager is recorded as it runs", await RunsAsync(cancellationToken), after.Recorded("jobs-manager"));
        _reporter.Claim("pods-monitor is recorded", after.Recorded("pods-monitor") is not null, after.Records);
        _reporter.Claim("the ingestor is recorded", after.Recorded("ingestor") is not null, after.Records);
        _reporter.Equal("nothing restarted", 1, after.Revision);
        _reporter.Equal("the floating tag stands for the ingestor", null, after.Variable("api", Variable));
    }

    private async Task ManagerAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(2, "A jobs-manager image is pushed: it restarts once");
        var before = await ManagerWorkloadAsync(cancellationToken);
        var pushed = "";
        await acme.Refreshes.BetweenAsync(
            async () => pushed = await _images.PushManagerAsync(Tag, "2.0", cancellationToken), cancellationToken);
        var tick = await acme.Refreshes.NextAsync(cancellationToken);
        var after = await ManagerWorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Equal("there was one rollout", before.Revision + 1, after.Revision);
        _reporter.Equal("the pushed image runs", pushed, await RunsAsync(cancellationToken));
        _reporter.Equal("it is recorded", pushed, after.Recorded("jobs-manager"));
        _reporter.Equal("requests-proxy runs it too", pushed, await acme.RunningAsync("proxy", cancellationToken));
    }

    private async Task IngestorAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(3, "An ingestor image is pushed: the variable changes once, with one rollout");
        var before = await ManagerWorkloadAsync(cancellationToken);
        var pushed = "";
        await acme.Refreshes.BetweenAsync(
            async () => pushed = await _images.PushIngestorAsync(Tag, "2.0", cancellationToken), cancellationToken);
        var tick = await acme.Refreshes.NextAsync(cancellationToken);
        var after = await ManagerWorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Equal("the variable names the image", pushed, after.Variable("api", Variable));
        _reporter.Equal("it is recorded", pushed, after.Recorded("ingestor"));
        _reporter.Equal("there was one rollout", before.Revision + 1, after.Revision);
    }

    private async Task BothAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(4, "Both are pushed: one rollout");
        var before = await ManagerWorkloadAsync(cancellationToken);
        var (manager, ingestor) = ("", "");
        await acme.Refreshes.BetweenAsync(
            async () =>
            {
                manager = await _images.PushManagerAsync(Tag, "3.0", cancellationToken);
                ingestor = await _images.PushIngestorAsync(Tag, "3.0", cancellationToken);
            },
            cancellationToken);
        var tick = await acme.Refreshes.NextAsync(cancellationToken);
        var after = await ManagerWorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Equal("the pushed jobs-manager runs", manager, await RunsAsync(cancellationToken));
        _reporter.Equal("the variable names the pushed ingestor", ingestor, after.Variable("api", Variable));
        _reporter.Equal("there was one rollout", before.Revision + 1, after.Revision);
    }

    private async Task PinnedAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(5, "The ingestor is pinned: it is polled no more");
        var pin = await _images.PushIngestorAsync("pinned", "1.0", cancellationToken);
        await acme.UpgradeAsync(Chart, cancellationToken, $"--set=images.ingestor.digest={pin}", TakeOver);
        await acme.Refreshes.ForgetAsync(cancellationToken);
        var asked = await PollsAsync(cancellationToken);
        var tick = await acme.Refreshes.NextAsync(cancellationToken);
        var after = await ManagerWorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Equal("the registry is not asked for it", asked, await PollsAsync(cancellationToken));
        _reporter.Equal("the variable names the pin", pin, after.Variable("api", Variable));
    }

    private async Task ResetAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(6, "A helm upgrade leaves the variable at another digest: it is repaired");
        var before = await ManagerWorkloadAsync(cancellationToken);
        await acme.UpgradeAsync(Chart, cancellationToken);
        // A tick that meets helm's own rollout leaves the repair to the next.
        var tick = await acme.Refreshes.NextAsync("repaired", cancellationToken);
        var after = await ManagerWorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Claim("it says that it was helm", tick.Report.Contains("by helm"), tick.Report);
        _reporter.Equal("the variable has the record", after.Recorded("ingestor"), after.Variable("api", Variable));
        _reporter.Equal("the record is what it was", before.Recorded("ingestor"), after.Recorded("ingestor"));
    }

    private async Task AllPinnedAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(5, "Everything is pinned: the CronJob goes, and comes back with the first image that floats");
        var workload = await ManagerWorkloadAsync(cancellationToken);
        var (manager, monitor) = (workload.Recorded("jobs-manager"), workload.Recorded("pods-monitor"));
        await acme.UpgradeAsync(
            Chart, cancellationToken,
            $"--set=images.jobsManager.digest={manager}", $"--set=images.podsMonitor.digest={monitor}",
            $"--set=images.ingestor.digest={workload.Recorded("ingestor")}", TakeOver);
        var left = await NamesAsync(cancellationToken);
        _reporter.Claim(
            "nothing of image refresh is left",
            !left.Any(name => name.Contains("image-refresh")),
            string.Join(' ', left));
        _reporter.Equal("jobs-manager runs as pinned", manager, await RunsAsync(cancellationToken));
        await acme.UpgradeAsync(Chart, cancellationToken);
        var back = await NamesAsync(cancellationToken);
        _reporter.Claim(
            "the CronJob is back", back.Contains($"cronjobs/{acme.Name}-image-refresh"), string.Join(' ', back));
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var type in (string[])["cronjobs", "configmaps", "roles", "rolebindings", "serviceaccounts"])
            foreach (var one in await acme.Kubectl.ListAsync(type, cancellationToken))
                names.Add($"{type}/{one["metadata"]?["name"]}");
        return names;
    }

    private string Chart => world.Around.Charts.Current;

    private Task<Workload> ManagerWorkloadAsync(CancellationToken cancellationToken) =>
        acme.WorkloadAsync("jobs-manager", cancellationToken);

    private Task<string> RunsAsync(CancellationToken cancellationToken) => acme.RunningAsync("api", cancellationToken);

    private async Task<int> PollsAsync(CancellationToken cancellationToken) =>
        (await world.Around.Registry.RequestsAsync(cancellationToken))
            .Count(line => line.Contains($"{StandIns.Ingestor}/manifests/{Tag} ", StringComparison.Ordinal));
}
