namespace Tracebloc.ChartUpgrade.Tests;

public sealed class UpgradeDeadlinesTests
{
    [Theory]
    [InlineData(10, 60)]
    [InlineData(600, 60)]
    [InlineData(7200, 600)]
    public void The_whole_run_encloses_every_helm_that_it_may_wait_for(int timeout, int fetch)
    {
        var deadlines = new UpgradeDeadlines(TimeSpan.FromSeconds(timeout), TimeSpan.FromSeconds(fetch));

        // version, history, search, verify, values, history again; index and chart; then what changes the release.
        var parts = (6 * deadlines.Read) + (2 * deadlines.Fetch) + deadlines.Rollback + deadlines.Upgrade;

        Assert.True(parts + UpgradeDeadlines.Stop < deadlines.Overall);
    }

    [Fact]
    public void Helm_is_killed_before_the_kubelet_kills_the_pod() =>
        Assert.True(UpgradeDeadlines.Stop < TimeSpan.FromSeconds(30));

    [Fact]
    public void What_helm_may_still_be_waiting_for_is_not_abandoned()
    {
        var deadlines = new UpgradeDeadlines(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));

        Assert.True(deadlines.Abandoned > deadlines.Timeout);
        Assert.True(deadlines.Upgrade > 2 * deadlines.Timeout);
    }
}
