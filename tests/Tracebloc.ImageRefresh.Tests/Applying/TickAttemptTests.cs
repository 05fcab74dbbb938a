using Tracebloc.ImageRefresh.Records;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>The attempts at a digest that will not start: each a rollout, counted, and then no more.</summary>
public sealed class TickAttemptTests
{
    [Fact]
    public async Task Each_attempt_fails_the_run_and_after_the_last_the_digest_is_given_up()
    {
        await using var fixture = await BrokenAsync();
        var before = fixture.Record("ingestor").Settled;
        var broken = fixture.Push("ingestor", "broken");

        Assert.Equal([12, 12, 13], await fixture.ExitCodesAsync(3));

        var record = fixture.Record("ingestor");
        Assert.Equal((before, broken, broken), (record.Settled, record.Applied, record.GaveUp));
        Assert.Equal((3, 3), (record.Attempts, record.FailedAttempts));
        Assert.Contains("CrashLoopBackOff", record.Error);
        Assert.Equal($"{broken}", fixture.Annotations()["tracebloc.io/ingestor-refresh-gave-up"]);
        Assert.All(fixture.AssertRollouts(3), rollout => Assert.Equal($"{broken}", rollout.Variable("api", Variable)));
    }

    [Fact]
    public async Task A_digest_given_up_keeps_failing_the_run_without_a_write()
    {
        await using var fixture = await BrokenAsync();
        fixture.Push("ingestor", "broken");
        await fixture.ExitCodesAsync(3);
        fixture.Forget();

        Assert.Equal([13, 13], await fixture.ExitCodesAsync(2));

        Assert.Empty(fixture.Api.Writes);
        fixture.AssertRollouts(3);
    }

    [Fact]
    public async Task A_healthy_digest_after_one_that_was_given_up_clears_everything()
    {
        await using var fixture = await BrokenAsync();
        fixture.Push("ingestor", "broken");
        await fixture.ExitCodesAsync(3);
        var healthy = fixture.Push("ingestor", "3");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal([0, 0], await fixture.ExitCodesAsync(2));

        fixture.AssertSettled("ingestor", healthy);
        fixture.AssertRollouts(4);
    }

    [Fact]
    public async Task A_registry_that_goes_back_brings_the_digest_of_before_back()
    {
        await using var fixture = await BrokenAsync();
        var before = fixture.Push("ingestor", "1");
        fixture.Push("ingestor", "broken");
        await fixture.ExitCodesAsync(3);
        fixture.Push("ingestor", "1");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal([0, 0], await fixture.ExitCodesAsync(2));

        Assert.Equal($"{before}", fixture.LiveVariable());
        fixture.AssertSettled("ingestor", before);
    }

    [Fact]
    public async Task The_number_of_attempts_is_the_configurations()
    {
        await using var fixture = await BrokenAsync();
        fixture.Configuration = fixture.Configuration with { MaxRefreshAttempts = 1 };
        fixture.Push("ingestor", "broken");

        Assert.Equal([13, 13], await fixture.ExitCodesAsync(2));

        fixture.AssertRollouts(1);
    }

    [Fact]
    public async Task An_attempt_whose_tick_was_killed_counts_as_one()
    {
        await using var fixture = await BrokenAsync();
        fixture.Push("ingestor", "broken");
        using var kill = new CancellationTokenSource();
        fixture.Api.Fail("watch", "deployments", FakeFault.First(_ => kill.CancelAsync()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.TickAsync(token: kill.Token));

        // The pods tell the next tick what the killed one would have seen.
        Assert.Equal([12, 13], await fixture.ExitCodesAsync(2));

        fixture.AssertRollouts(3);
    }

    [Fact]
    public async Task A_rollout_that_never_settles_is_waited_for_counted_and_then_tried_again()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "stuck");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        using var kill = new CancellationTokenSource();
        fixture.Api.Fail("watch", "deployments", FakeFault.First(_ => kill.CancelAsync()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.TickAsync(token: kill.Token));

        for (var tick = 1; tick <= 3; tick++)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(15));
            var waiting = await fixture.TickAsync();
            Assert.Equal((Outcome.Waiting, 0), (Assert.Single(waiting.Images).Outcome, waiting.ExitCode));
            Assert.Equal($"{tick}", fixture.Annotations()[RefreshAnnotations.SkipStreak]);
        }
        fixture.AssertRollouts(1);
        fixture.Forget();
        var fourth = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Time.Advance(fixture.Configuration.RolloutTimeout);

        Assert.Equal(12, (await fourth).ExitCode);
        fixture.AssertRollouts(2);
        Assert.Equal(2, fixture.Record("ingestor").FailedAttempts);
    }

    [Fact]
    public async Task A_rollout_of_somebody_else_is_not_disturbed()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        fixture.Api.Edit(Acme, body => body["spec"]!["template"]!["metadata"]!["labels"]!["release"] = "2");

        var waiting = await fixture.TickAsync();

        Assert.Equal((Outcome.Waiting, 0), (Assert.Single(waiting.Images).Outcome, waiting.ExitCode));
        fixture.AssertRollouts(1);
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);
        fixture.AssertSettled("manager", newer);
        Assert.DoesNotContain(RefreshAnnotations.SkipStreak, fixture.Annotations().Keys);
    }

    /// <summary>From now on every rollout's pods crash.</summary>
    private static async Task<TickFixture> BrokenAsync()
    {
        var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);
        return fixture;
    }
}
