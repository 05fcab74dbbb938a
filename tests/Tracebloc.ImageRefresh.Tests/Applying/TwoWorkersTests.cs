using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Two workers at once, as when Forbid is broken: the patch's precondition lets one through.</summary>
public sealed class TwoWorkersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_patches_second_finds_the_rollout_there(bool completesAtOnce)
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        var newer = fixture.Push("ingestor", "2");
        if (!completesAtOnce)
            fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        // Neither patch is looked at before both are there: both workers have planned by the same reading.
        var both = fixture.WaitForAsync(_ => fixture.Api.Count("patch", "deployments") == 2);
        fixture.Api.Fail("patch", "deployments", FakeFault.Until(both), times: 2);

        var ticks = Task.WhenAll(fixture.TickAsync(), fixture.TickAsync());
        await fixture.WaitForAsync(call => call is { Verb: "patch", Status: 409 });
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        if (!completesAtOnce)
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
        await fixture.PassWaitsUntilAsync(ticks);

        Assert.All(await ticks, report => Assert.Equal(0, report.ExitCode));
        fixture.AssertRollouts(1);
        await fixture.TickAsync();
        fixture.AssertRollouts(1);
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task Two_first_sights_record_once()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart());
        var digest = fixture.Push("manager", "1");
        var both = fixture.WaitForAsync(_ => fixture.Api.Count("patch", "deployments") == 2);
        fixture.Api.Fail("patch", "deployments", FakeFault.Until(both), times: 2);

        var reports = await Task.WhenAll(fixture.TickAsync(), fixture.TickAsync());

        Assert.Equal([Outcome.Unchanged, Outcome.Recorded], reports.Select(report => report.Images[0].Outcome).Order());
        fixture.AssertSettled("manager", digest);
        fixture.AssertRollouts(0);
    }
}
