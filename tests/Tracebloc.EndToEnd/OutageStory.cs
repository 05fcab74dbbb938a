namespace Tracebloc.EndToEnd;

/// <summary>The registry goes away and comes back.</summary>
internal sealed class OutageStory(World world, Release acme)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (reporter, registry) = (acme.Reporter, world.Around.Registry);
        reporter.Scene(8, "The registry is down: tolerated, counted, failed at the threshold, recovered");
        // A repair counts as one side of a fight until a tick finds nothing to do: the records rest after that one.
        await acme.Refreshes.ForgetAsync(cancellationToken);
        await acme.Refreshes.NextAsync(cancellationToken);
        var before = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        await acme.Refreshes.BetweenAsync(() => registry.StopAsync(cancellationToken), cancellationToken);
        var tolerated = await acme.Refreshes.NextAsync(cancellationToken);
        var counted = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        var failed = await acme.Refreshes.NextAsync(cancellationToken);
        var past = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        await acme.Refreshes.BetweenAsync(() => registry.ServeAsync(cancellationToken), cancellationToken);
        var recovered = await acme.Refreshes.NextAsync(cancellationToken);
        var after = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        reporter.Equal("the first tick without it succeeds", 0, tolerated.ExitCode);
        reporter.Equal("and counts", "1", counted.State("jobs-manager", "failures"));
        reporter.Equal("the second fails by the registry", 10, failed.ExitCode);
        reporter.Claim("and says why", past.State("jobs-manager", "error") is not null, past.Records);
        reporter.Equal("the first tick with it succeeds", 0, recovered.ExitCode);
        reporter.Equal("the count is gone", null, after.State("jobs-manager", "failures"));
        reporter.Equal("nothing restarted", before.Revision, after.Revision);
        reporter.Equal("the records are what they were", before.Records, after.Records);
    }
}
