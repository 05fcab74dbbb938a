namespace Tracebloc.EndToEnd;

/// <summary>
/// Every image is held to a signed digest. A newer one has to be old enough, signed and not held; a broken one is
/// rolled back and reported.
/// </summary>
internal sealed class PolicyStory(World world, Release delta)
{
    public const string Tag = "dev";

    private const string Image = "jobs-manager";

    private readonly StandIns _images = world.Around.StandIns;
    private readonly Signing _signing = world.Around.Signing;
    private readonly StoryReporter _reporter = delta.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var first = await HoldToDigestsAsync(cancellationToken);
        var good = await SoakAsync(cancellationToken);
        await SignAsync(good, cancellationToken);
        var broken = await HoldAsync(cancellationToken);
        await RollBackAsync(good, broken, cancellationToken);
        await NotificationsAsync(first, cancellationToken);
    }

    /// <returns>The digest of jobs-manager that runs first.</returns>
    private async Task<string> HoldToDigestsAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(12, "A signed tag stands there at first: it is old enough, so its digest replaces it, once");
        // The first tick sees the digests, and they are too young.
        var tick = await delta.Refreshes.NextAsync("rollout complete", cancellationToken);
        var after = await WorkloadAsync(cancellationToken);
        var proxy = await delta.WorkloadAsync("requests-proxy", cancellationToken);
        var first = await RunsAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Claim("it says by which key", tick.Report.Contains("cosign.pub"), tick.Report);
        ClaimHeld("jobs-manager is held to what it runs", first, after);
        _reporter.Equal("requests-proxy likewise", ImageAt(first), proxy.Image("proxy"));
        _reporter.Claim(
            "pods-monitor likewise",
            after.Image("pods-monitor-container")?.StartsWith($"docker.io/{StandIns.Monitor}@sha256:") is true,
            $"{after.Image("pods-monitor-container")}");
        _reporter.Equal("there was one rollout beside the installation's", 2, after.Revision);
        return first;
    }

    private async Task<string> SoakAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(12, "An unsigned digest is pushed: it waits for its age, and then for a signature");
        var before = await WorkloadAsync(cancellationToken);
        var pushed = "";
        await delta.Refreshes.BetweenAsync(
            async () => pushed = await _images.PushManagerAsync(Tag, "2.0", cancellationToken), cancellationToken);
        var young = await delta.Refreshes.NextAsync(cancellationToken);
        var unsigned = await delta.Refreshes.NextAsync("untrusted", cancellationToken);
        var after = await WorkloadAsync(cancellationToken);
        _reporter.Equal("while it is young the tick succeeds", 0, young.ExitCode);
        _reporter.Claim("and says until when it waits", young.Report.Contains("held until"), young.Report);
        _reporter.Equal("without a signature the tick fails", 14, unsigned.ExitCode);
        _reporter.Equal("nothing restarted", before.Revision, after.Revision);
        _reporter.Equal("the record is what it was", before.Recorded(Image), after.Recorded(Image));
        return pushed;
    }

    private async Task SignAsync(string pushed, CancellationToken cancellationToken)
    {
        _reporter.Scene(13, "It is signed: it restarts once");
        var before = await WorkloadAsync(cancellationToken);
        await delta.Refreshes.BetweenAsync(
            async () =>
            {
                await _signing.SignAsync(StandIns.Manager, pushed, cancellationToken);
                // A digest that was refused twice is looked up again later; an operator who signs late asks at once.
                await AnnotateAsync($"tracebloc.io/{Image}-refresh-refused-", cancellationToken);
                await AnnotateAsync("tracebloc.io/requests-proxy-refresh-refused-", cancellationToken);
            },
            cancellationToken);
        var tick = await delta.Refreshes.NextAsync(cancellationToken);
        var later = await delta.Refreshes.NextAsync(cancellationToken);
        var after = await WorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Claim(
            "the tick after it finds nothing to do",
            later.ExitCode == 0 && later.Report.Contains("3 unchanged"), later.Report);
        _reporter.Claim("it says by which key", tick.Report.Contains("cosign.pub"), tick.Report);
        _reporter.Equal("there was one rollout", before.Revision + 1, after.Revision);
        _reporter.Equal("the signed image runs", pushed, await RunsAsync(cancellationToken));
        ClaimHeld("it is held to its digest", pushed, after);
    }

    private async Task<string> HoldAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(14, "An operator holds the workloads: a signed digest, which is broken, stays out");
        var before = await WorkloadAsync(cancellationToken);
        var pushed = "";
        await delta.Refreshes.BetweenAsync(
            async () =>
            {
                await AnnotateAsync("tracebloc.io/refresh-hold=audit", cancellationToken);
                pushed = await _images.PushBrokenManagerAsync(Tag, "3.0-broken", cancellationToken);
                await _signing.SignAsync(StandIns.Manager, pushed, cancellationToken);
            },
            cancellationToken);
        var tick = await delta.Refreshes.NextAsync(cancellationToken);
        var after = await WorkloadAsync(cancellationToken);
        _reporter.Equal("the tick succeeds", 0, tick.ExitCode);
        _reporter.Claim("and gives the operator's reason", tick.Report.Contains("audit"), tick.Report);
        _reporter.Equal("nothing restarted", before.Revision, after.Revision);
        return pushed;
    }

    private async Task RollBackAsync(string good, string broken, CancellationToken cancellationToken)
    {
        _reporter.Scene(15, "The hold is lifted: the broken image is rolled back, and stays out for good");
        await AnnotateAsync("tracebloc.io/refresh-hold-", cancellationToken);
        var tick = await delta.Refreshes.NextAsync("rolled back", cancellationToken);
        var after = await WorkloadAsync(cancellationToken);
        var later = await delta.Refreshes.NextAsync(cancellationToken);
        _reporter.Equal("the tick fails by its rollout", 12, tick.ExitCode);
        _reporter.Equal("the image before runs again", good, await RunsAsync(cancellationToken));
        ClaimHeld("it is held to its digest", good, after);
        _reporter.Claim(
            "the broken one is in quarantine", after.State(Image, "quarantine")?.Contains(broken) is true,
            after.Records);
        _reporter.Equal("the tick after it says so", 13, later.ExitCode);
    }

    private async Task NotificationsAsync(string first, CancellationToken cancellationToken)
    {
        _reporter.Scene(16, "All of it was reported: by events, to a webhook, in metrics");
        var reasons = (await delta.Kubectl.ListAsync("events", cancellationToken))
            .Where(one => (string?)one["involvedObject"]?["name"] == $"{delta.Name}-{Image}"
                && (string?)one["reportingComponent"] == "tracebloc.io/image-refresh")
            .Select(one => (string?)one["reason"])
            .ToList();
        foreach (var reason in (string[])["Refreshed", "RolledBack", "Quarantined"])
            _reporter.Claim($"there is an event {reason}", reasons.Contains(reason), string.Join(' ', reasons));
        var received = world.Around.Inbox.At(Inbox.Webhook)
            .Where(posted => (string?)posted["name"] == Image && (string?)posted["to"] != first)
            .ToList();
        _reporter.Equal(
            "the webhook has each once, in order", "refreshed rolledBack quarantined",
            string.Join(' ', received.Select(posted => (string?)posted["happening"])));
        var codes = world.Around.Inbox.Gauge("tracebloc_image_refresh_tick_exit_code");
        _reporter.Claim(
            "the collector has the exit code of the last tick", codes.Contains(13), string.Join(' ', codes));
    }

    /// <summary>The action sets the digest itself, so there is no tag to go back to and no record of one.</summary>
    private void ClaimHeld(string claim, string digest, Workload workload)
    {
        _reporter.Equal(claim, ImageAt(digest), workload.Image("api"));
        _reporter.Equal("no pin is recorded", null, workload.State(Image, "pinned-from"));
        _reporter.Equal("the record has the digest", digest, workload.Recorded(Image));
    }

    private static string ImageAt(string digest) => $"{StandIns.NameOf(StandIns.Manager)}@{digest}";

    private Task AnnotateAsync(string annotation, CancellationToken cancellationToken) => delta.Kubectl.RunAsync(
        ["annotate", "deployments", "--all", annotation], cancellationToken);

    private Task<string> RunsAsync(CancellationToken cancellationToken) => delta.RunningAsync("api", cancellationToken);

    private Task<Workload> WorkloadAsync(CancellationToken cancellationToken) =>
        delta.WorkloadAsync(Image, cancellationToken);
}
