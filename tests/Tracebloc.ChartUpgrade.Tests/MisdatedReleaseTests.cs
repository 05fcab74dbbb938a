using Tracebloc.Hosting;
using static Tracebloc.ChartUpgrade.Tests.UpgradeFixture;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>A helm whose clock was wrong does not keep a release pending until its date.</summary>
public sealed class MisdatedReleaseTests
{
    private static readonly TimeSpan Abandoned = new UpgradeDeadlines(Acme.Timeout, Acme.FetchTimeout).Abandoned;

    private static readonly DateTimeOffset NextYear = Some.Now.AddYears(1);

    private static readonly string[] Pending = ["deployed:client-1.0.0", "pending-upgrade:client-1.1.0"];

    [Fact]
    public async Task A_pending_operation_dated_in_the_future_counts_as_just_begun_once()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Remembers(NextYear, Pending);
        var run = fixture.RunAsync();
        await fixture.Time.WaitForTimerAsync(due => due == Abandoned, Cancelled);
        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("rollback", StringComparison.Ordinal));

        fixture.Time.Advance(Abandoned);

        Assert.Equal(ExitCodes.Done, await run);
        Assert.Equal(
            "acme  recovered  pending-upgrade since 2026-03-01T12:00:00Z and abandoned, rolled back to revision 1; "
                + "client 1.0.0 -> 1.1.0 is left to the next run\n",
            fixture.Output);
        Assert.StartsWith("rollback acme 1 ", fixture.Helm.Calls[^1]);
    }

    [Fact]
    public async Task An_operation_that_ends_meanwhile_is_left_alone()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Remembers(NextYear, Pending)
            .Remembers(NextYear, "superseded:client-1.0.0", "deployed:client-1.1.0");
        var run = fixture.RunAsync();
        await fixture.Time.WaitForTimerAsync(due => due == Abandoned, Cancelled);

        fixture.Time.Advance(Abandoned);

        Assert.Equal(ExitCodes.Done, await run);
        Assert.Equal("acme  unchanged  client 1.1.0 is the newest\n", fixture.Output);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(365 * 24 * 60, true)]
    public async Task Clocks_that_differ_by_little_and_dry_runs_wait_for_nothing(int minutesAhead, bool dryRun)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Remembers(Some.Now.AddMinutes(minutesAhead), Pending);
        fixture.Options = fixture.Options with { DryRun = dryRun };

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.Contains("  waiting  pending-upgrade since ", fixture.Output);
        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("rollback", StringComparison.Ordinal));
    }
}
