using Tracebloc.ImageRefresh.Records;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>A tick whose time, or whose process's time, runs out.</summary>
public sealed class TickDeadlineTests
{
    [Fact]
    public async Task A_tick_that_is_cancelled_in_mid_rollout_writes_nothing_more_and_the_next_one_settles_it()
    {
        await using var fixture = await StartAsync();
        var before = await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        using var stop = new CancellationTokenSource();

        var tick = fixture.TickAsync(token: stop.Token);
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tick);

        Assert.Single(fixture.Api.Writes);
        var record = fixture.Record("manager");
        Assert.Equal((before, newer, 1, 0), (record.Settled, record.Applied, record.Attempts, record.FailedAttempts));

        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
        var next = await fixture.TickAsync();

        Assert.Equal((Outcome.Settled, 0), (Assert.Single(next.Images).Outcome, next.ExitCode));
        fixture.AssertSettled("manager", newer);
        fixture.AssertRollouts(1);
    }

    [Fact]
    public async Task A_tick_that_is_cancelled_while_a_registry_is_asked_writes_nothing()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        using var stop = new CancellationTokenSource();
        fixture.Registry.When(_ => true, _ =>
        {
            stop.Cancel();
            return FakeReply.Never;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.TickAsync(token: stop.Token));

        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task A_tick_whose_time_is_up_ends_and_says_so()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Registry.When(_ => true, FakeReply.Never);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "get", Status: 200 });
        fixture.Time.Advance(fixture.Configuration.TickTimeout);
        var report = await tick;

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("deadline", report.Images[0].Message);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task No_rollout_is_started_that_could_not_be_watched_to_its_end()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        var late = fixture.Configuration.TickTimeout - fixture.Configuration.RolloutTimeout;
        fixture.Api.Fail("get", "deployments", FakeFault.Then(_ => Pass(fixture, late)));

        var deferred = await fixture.TickAsync();

        Assert.Equal((Outcome.Deferred, 0), (Assert.Single(deferred.Images).Outcome, deferred.ExitCode));
        Assert.Equal("1", fixture.Annotations()[RefreshAnnotations.SkipStreak]);
        fixture.AssertRollouts(0);

        var next = await fixture.TickAsync();

        Assert.DoesNotContain(RefreshAnnotations.SkipStreak, fixture.Annotations());
        Assert.Equal(Outcome.Refreshed, Assert.Single(next.Images).Outcome);
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task A_rollout_that_is_deferred_again_and_again_fails_the_run()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.Fail("get", "deployments", FakeFault.Then(_ => Pass(fixture, TimeSpan.FromMinutes(35))), times: 4);

        Assert.Equal([0, 0, 12, 12], await fixture.ExitCodesAsync(4));

        fixture.AssertRollouts(0);
        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        fixture.AssertRollouts(1);
        Assert.DoesNotContain(RefreshAnnotations.SkipStreak, fixture.Annotations().Keys);
    }

    [Fact]
    public async Task What_fails_the_run_fails_it_beside_a_deferred_rollout_as_well()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart(), fixture.SetEnv());
        fixture.Push("manager", "1");
        fixture.Push("ingestor", "1");
        await fixture.TickAsync();
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);
        fixture.Push("ingestor", "broken");
        Assert.Equal([12, 12, 13], await fixture.ExitCodesAsync(3));
        fixture.Push("manager", "2");
        fixture.Api.Fail("get", "deployments", FakeFault.Then(_ => Pass(fixture, TimeSpan.FromMinutes(35))));

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Deferred, Outcome.GaveUp], report.Images.Select(image => image.Outcome));
        Assert.Equal(13, report.ExitCode);
    }

    private static Task Pass(TickFixture fixture, TimeSpan time)
    {
        fixture.Time.Advance(time);
        return Task.CompletedTask;
    }
}
