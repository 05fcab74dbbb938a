using Tracebloc.Hosting;
using static Tracebloc.ChartUpgrade.Tests.UpgradeFixture;
using static Tracebloc.Testing.NamedPipe;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>That no helm outlives its deadline or its run.</summary>
public sealed class HelmDeadlineTests
{
    [Fact]
    public async Task A_repository_that_does_not_answer_is_given_up_in_time()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Hangs("repo", onTerm: $"{EndChild}; exit 143");
        var run = fixture.RunAsync();
        await fixture.Helm.StartedAsync(Cancelled);

        fixture.Time.Advance(fixture.Options.FetchTimeout);

        Assert.Equal(ExitCodes.Registry, await run);
        Assert.Equal(
            "acme  unfetched  https://charts.example.com/ cannot be fetched: "
            + "helm timed out after 1m and was terminated\n",
            fixture.Output);
        await fixture.Helm.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task An_upgrade_that_does_not_end_is_told_to_and_what_it_left_is_reported()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("upgrade", "history");
        fixture.Helm.Hangs("upgrade", onTerm: $"{EndChild}; echo told >> $here/told; exit 1")
            .Remembers(Some.Now, "deployed:client-1.0.0")
            .Remembers(Some.Now, "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");
        var run = fixture.RunAsync();
        await fixture.Helm.StartedAsync(Cancelled);

        fixture.Time.Advance(new UpgradeDeadlines(fixture.Options.Timeout, fixture.Options.FetchTimeout).Upgrade);

        Assert.Equal(ExitCodes.Rollout, await run);
        Assert.Equal(
            "acme  broken  client 1.0.0 -> 1.1.0 failed, attempt 1 of 3, and left it pending-upgrade: "
                + "helm timed out after 21m and was terminated\n",
            fixture.Output);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(fixture.Helm.Program)!, "told")));
    }

    [Fact]
    public async Task A_helm_that_will_not_end_is_killed_with_its_children()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Hangs("repo", onTerm: "");
        var run = fixture.RunAsync();
        await fixture.Helm.StartedAsync(Cancelled);

        fixture.Time.Advance(fixture.Options.FetchTimeout);
        await fixture.Time.WaitForTimerAsync(due => due == UpgradeDeadlines.Stop, Cancelled);
        Assert.False(run.IsCompleted);
        fixture.Time.Advance(UpgradeDeadlines.Stop);

        Assert.Equal(ExitCodes.Registry, await run);
        await fixture.Helm.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task A_run_that_is_ended_ends_helm_and_leaves_nothing_behind()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("upgrade");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        fixture.Helm.Hangs("upgrade", onTerm: $"{EndChild}; exit 1");
        var run = fixture.RunAsync(stopping.Token);
        await fixture.Helm.StartedAsync(Cancelled);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await fixture.Helm.GoneAsync(Cancelled);
        Assert.Equal("", fixture.Output);
        Assert.Equal("upgrade", fixture.Helm.Calls[^1].Split(' ')[0]);
    }
}
