namespace Tracebloc.EndToEnd;

/// <summary>The registry goes away and comes back.</summary>
internal sealed class OutageStory(World world, Release acme)
{
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var (teller, registry) = (acme.Teller, world.Around.Registry);
        teller.Scene(8, "The registry is down: tolerated, counted, failed at the threshold, recovered");
        var before = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        await acme.Refreshes.BetweenAsync(() => registry.StopAsync(cancellationToken), cancellationToken);
        var tolerated = await acme.Refreshes.NextAsync(cancellationToken);
        var counted = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        var failed = await acme.Refreshes.NextAsync(cancellationToken);
        var past = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        await acme.Refreshes.BetweenAsync(() => registry.ServeAsync(cancellationToken), cancellationToken);
        var recovered = await acme.Refreshes.NextAsync(cancellationToken);
        var after = await acme.WorkloadAsync("jobs-manager", cancellationToken);
        teller.Equal("the first tick without it succeeds", 0, tolerated.ExitCode);
        teller.Equal("and counts", "1", counted.State("ingestor", "failures"));
        teller.Equal("the second fails by the registry", 10, failed.ExitCode);
        teller.Claim("and says why", past.State("ingestor", "error") is not null, past.Records);
        teller.Equal("the first tick with it succeeds", 0, recovered.ExitCode);
        teller.Equal("the count is gone", null, after.State("ingestor", "failures"));
        teller.Equal("nothing restarted", before.Revision, after.Revision);
        teller.Equal("the records are what they were", before.Records, after.Records);
    }
}
