namespace Tracebloc.EndToEnd;

/// <summary>An image that does not start.</summary>
internal sealed class BrokenImageStory(World world, Release beta)
{
    private const string Tag = "stg";

    private readonly StandIns _images = world.Around.StandIns;
    private readonly StoryReporter _reporter = beta.Reporter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _reporter.Scene(7, "A broken image is tried as often as maxRefreshAttempts says, given up, and stays visible");
        var first = await beta.Refreshes.NextAsync("recorded", cancellationToken);
        _reporter.Equal("the first tick succeeds", 0, first.ExitCode);
        var before = await WorkloadAsync(cancellationToken);
        var broken = await PushAsync(_images.PushBrokenManagerAsync, "2.0-broken", cancellationToken);
        await FailAsync(before, broken, cancellationToken);
        await GiveUpAsync(before, broken, cancellationToken);
        await RecoverAsync(before, cancellationToken);
    }

    private async Task FailAsync(Workload before, string broken, CancellationToken cancellationToken)
    {
        var tick = await beta.Refreshes.NextAsync(cancellationToken);
        var now = await WorkloadAsync(cancellationToken);
        _reporter.Equal("the tick fails by its rollout", 12, tick.ExitCode);
        _reporter.Equal(
            "it is one failed attempt", ("1", broken), (now.State("jobs-manager", "failed-attempts"), Applied(now)));
        _reporter.Equal("there was one rollout", before.Revision + 1, now.Revision);
        _reporter.Equal("the record is what it was", before.Recorded("jobs-manager"), now.Recorded("jobs-manager"));
    }

    private async Task GiveUpAsync(Workload before, string broken, CancellationToken cancellationToken)
    {
        var last = await beta.Refreshes.NextAsync(cancellationToken);
        var frozen = await beta.Refreshes.NextAsync(cancellationToken);
        var now = await WorkloadAsync(cancellationToken);
        _reporter.Equal("the last attempt fails and is the last", 13, last.ExitCode);
        _reporter.Equal("the tick after it says so", 13, frozen.ExitCode);
        _reporter.Claim("so does its Job", !frozen.Succeeded);
        _reporter.Equal("so does the workload", broken, now.State("jobs-manager", "gave-up"));
        _reporter.Claim("with the error", now.State("jobs-manager", "error") is not null, now.Records);
        _reporter.Equal("there were two rollouts", before.Revision + 2, now.Revision);
    }

    private async Task RecoverAsync(Workload before, CancellationToken cancellationToken)
    {
        var good = await PushAsync(_images.PushManagerAsync, "2.1", cancellationToken);
        var tick = await beta.Refreshes.NextAsync(cancellationToken);
        var now = await WorkloadAsync(cancellationToken);
        _reporter.Equal("the next good image recovers it", 0, tick.ExitCode);
        _reporter.Equal("it runs", good, await beta.RunningAsync("api", cancellationToken));
        _reporter.Equal("it is recorded", good, now.Recorded("jobs-manager"));
        _reporter.Equal("nothing is given up any more", null, now.State("jobs-manager", "gave-up"));
        _reporter.Equal("there were three rollouts", before.Revision + 3, now.Revision);
    }

    private async Task<string> PushAsync(
        Func<string, string, CancellationToken, Task<string>> push, string version, CancellationToken cancellationToken)
    {
        var digest = "";
        await beta.Refreshes.BetweenAsync(
            async () => digest = await push(Tag, version, cancellationToken), cancellationToken);
        return digest;
    }

    private Task<Workload> WorkloadAsync(CancellationToken cancellationToken) =>
        beta.WorkloadAsync("jobs-manager", cancellationToken);

    private static string? Applied(Workload workload) => workload.State("jobs-manager", "applied");
}
