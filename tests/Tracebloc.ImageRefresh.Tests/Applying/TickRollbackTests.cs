using Tracebloc.Registry;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Ticks with <c>onFailure: rollback</c> on servers that speak the protocol.</summary>
public sealed class TickRollbackTests
{
    [Fact]
    public async Task What_fails_goes_back_in_one_patch_and_the_run_fails()
    {
        await using var fixture = await StartAsync();
        var good = await SettledAsync(fixture);
        var broken = PushBroken(fixture);

        var report = await fixture.TickThroughWaitsAsync();

        var image = Assert.Single(report.Images);
        Assert.Equal((Outcome.RolledBack, 12), (image.Outcome, report.ExitCode));
        Assert.Equal(
            $"CrashLoopBackOff in container api: back-off 40s restarting failed container=api; "
            + $"back to {good.Short()}; rollout complete",
            image.Message);
        Assert.Equal(
            [$"{broken}", $"{good}"], fixture.AssertRollouts(3).Skip(1).Select(r => r.Variable("api", Variable)));
        Assert.Equal(3, fixture.Api.Writes.Count(call => call.Status == 200));
        var record = fixture.Record("ingestor");
        Assert.Equal((good, broken, 0), (record.Settled, record.GaveUp, record.Attempts));
        Assert.True(record.Quarantine.Bars(broken));
    }

    [Fact]
    public async Task It_is_never_applied_again_and_the_runs_stay_frozen_without_a_write()
    {
        await using var fixture = await StartAsync();
        await SettledAsync(fixture);
        PushBroken(fixture);
        await fixture.TickThroughWaitsAsync();
        fixture.Forget();

        Assert.Equal([13, 13], await fixture.ExitCodesAsync(2));

        Assert.Empty(fixture.Api.Writes);
        Assert.All(fixture.Api.Calls, call => Assert.Equal("get", call.Verb));
    }

    [Fact]
    public async Task The_next_digest_is_rolled_out_and_the_one_after_the_next_still_is_not_the_bad_one()
    {
        await using var fixture = await StartAsync();
        await SettledAsync(fixture);
        PushBroken(fixture);
        await fixture.TickThroughWaitsAsync();
        var next = fixture.Push("ingestor", "3");

        Assert.Equal([0, 0], await fixture.ExitCodesAsync(2));

        Assert.Equal($"{next}", fixture.LiveVariable());
        fixture.Push("ingestor", "broken");
        Assert.Equal([13], await fixture.ExitCodesAsync(1));
        Assert.Equal($"{next}", fixture.LiveVariable());
    }

    [Fact]
    public async Task A_restarted_workload_is_pinned_until_another_digest_is_served()
    {
        await using var fixture = await StartAsync();
        var image = fixture.Restart().RollingBack();
        fixture.RunInApi(image.Image);
        var good = await fixture.SeenAsync(image);
        fixture.Push("manager", "broken");
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Image("api")!.Contains('@') ? RolloutBehaviour.Completes : RolloutBehaviour.Crashes);

        Assert.Equal([12, 13], await fixture.ExitCodesAsync(2));

        Assert.Equal(
            [$"{image.Image}", image.Image.At(good)],
            fixture.AssertRollouts(3).Skip(1).Select(rollout => rollout.Image("api")));
        var newer = fixture.Push("manager", "3");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal([0, 0], await fixture.ExitCodesAsync(2));

        Assert.Equal($"{image.Image}", fixture.AssertRollouts(4)[^1].Image("api"));
        var record = fixture.Record("manager");
        Assert.Equal((newer, null, null), (record.Settled, record.Pin, record.GaveUp));
    }

    [Fact]
    public async Task What_was_given_up_and_got_well_by_the_tags_next_image_is_not_gone_back_to()
    {
        await using var fixture = await StartAsync();
        var image = fixture.Restart();
        fixture.RunInApi(image.Image);
        var good = await fixture.SeenAsync(image);
        fixture.Push("manager", "broken");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);
        Assert.Equal([12, 12, 13], await fixture.ExitCodesAsync(3));
        // A container starts again with the image that was pushed next, and that is not the last.
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
        fixture.Push("manager", "broken as well");
        fixture.Track(image.RollingBack());
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Image("api")!.Contains('@') ? RolloutBehaviour.Completes : RolloutBehaviour.Crashes);

        Assert.Equal([12, 13], await fixture.ExitCodesAsync(2));

        Assert.Equal(image.Image.At(good), fixture.Api.Rollouts(Acme)[^1].Image("api"));
    }

    [Fact]
    public async Task A_restart_that_went_well_is_proven_by_the_next_tick_in_one_write()
    {
        await using var fixture = await StartAsync();
        var image = fixture.Restart().RollingBack();
        fixture.RunInApi(image.Image);
        var first = await fixture.SeenAsync(image);
        var newer = fixture.Push("manager", "2");

        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        Assert.Equal((newer, first), (fixture.Record("manager").Settled, fixture.Record("manager").Good));
        fixture.Forget();
        Assert.Equal([0, 0], await fixture.ExitCodesAsync(2));

        Assert.Single(fixture.Api.Writes);
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task A_rollback_that_fails_as_well_is_tried_again_and_the_digest_after_it_once_more()
    {
        await using var fixture = await StartAsync();
        var good = await SettledAsync(fixture);
        var innocent = fixture.Push("ingestor", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.RolloutFailed, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains($"back to {good.Short()}, which failed too: attempt 1 of 3", report.Images[0].Message);
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal([0, 0, 0], await fixture.ExitCodesAsync(3));

        Assert.Equal($"{innocent}", fixture.LiveVariable());
        Assert.True(fixture.Record("ingestor").Quarantine.IsEmpty);
    }

    [Fact]
    public async Task A_rollback_is_made_though_nobody_could_watch_it_and_the_next_tick_sees_its_end()
    {
        await using var fixture = await StartAsync();
        var good = await SettledAsync(fixture);
        var broken = fixture.Push("ingestor", "broken");
        fixture.Configuration = fixture.Configuration with { TickTimeout = TimeSpan.FromMinutes(15) };
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Time.Advance(fixture.Configuration.RolloutTimeout);
        var report = await tick;

        Assert.Equal((Outcome.RolledBack, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Equal($"{good}", fixture.LiveVariable());
        Assert.True(fixture.Record("ingestor").InFlight);
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal([13], await fixture.ExitCodesAsync(1));

        fixture.AssertRollouts(3);
        Assert.True(fixture.Record("ingestor") is { InFlight: false, Quarantine: var list } && list.Bars(broken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repair_makes_nothing_green_while_the_registry_serves_what_was_rolled_back(bool leftAndCameBack)
    {
        await using var fixture = await StartAsync();
        await SettledAsync(fixture);
        var broken = PushBroken(fixture);
        await fixture.TickThroughWaitsAsync();
        if (leftAndCameBack)
        {
            fixture.Push("ingestor", "3");
            await fixture.ExitCodesAsync(1);
            fixture.Push("ingestor", "broken");
        }
        var settled = fixture.Record("ingestor").Settled;
        fixture.Api.Edit(Acme, body =>
            body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] = $"{Some.C}");

        var repair = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Repaired, 13), (Assert.Single(repair.Images).Outcome, repair.ExitCode));
        Assert.Equal((broken, settled), (fixture.Record("ingestor").GaveUp, fixture.Record("ingestor").Settled));
        Assert.Equal(13, (await fixture.StatusAsync()).ExitCode);
        fixture.Registry.When(_ => true, FakeReply.Of(503));
        Assert.Equal([13], await fixture.ExitCodesAsync(1));
    }

    [Fact]
    public async Task What_was_rolled_back_is_13_by_the_records_too_once_the_tag_comes_back_to_it()
    {
        await using var fixture = await StartAsync();
        await SettledAsync(fixture);
        var broken = PushBroken(fixture);
        await fixture.TickThroughWaitsAsync();
        fixture.Push("ingestor", "3");
        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        fixture.Push("ingestor", "broken");
        Assert.Equal([13], await fixture.ExitCodesAsync(1));
        fixture.Forget();

        Assert.Equal([13], await fixture.ExitCodesAsync(1));

        Assert.Empty(fixture.Api.Writes);
        var status = await fixture.StatusAsync();
        Assert.Equal(
            (Outcome.Quarantined, broken, 13), (status.Images[0].Outcome, status.Images[0].Latest!, status.ExitCode));
    }

    [Fact]
    public async Task A_conflict_does_not_keep_it_from_going_back()
    {
        await using var fixture = await StartAsync();
        var good = await SettledAsync(fixture);
        PushBroken(fixture);
        fixture.Api.Fail(call => call.Body.Contains("refresh-quarantine"), FakeFault.First(_ =>
        {
            fixture.Api.SetRollout(Acme, RolloutBehaviour.ExceedsDeadline);
            return Task.CompletedTask;
        }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(Outcome.RolledBack, Assert.Single(report.Images).Outcome);
        Assert.Contains(fixture.Api.Calls, call => call.Status == 409);
        Assert.Equal($"{good}", fixture.LiveVariable());
        fixture.AssertRollouts(3);
    }

    [Fact]
    public async Task After_somebody_elses_write_it_is_looked_at_again_and_the_next_tick_goes_back()
    {
        await using var fixture = await StartAsync();
        var good = await SettledAsync(fixture);
        PushBroken(fixture);
        fixture.Api.Fail(call => call.Body.Contains("refresh-quarantine"), FakeFault.First(_ =>
        {
            fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]!["note"] = "I was here");
            return Task.CompletedTask;
        }));

        Assert.Equal([0, 12, 13], await fixture.ExitCodesAsync(3));

        Assert.Equal($"{good}", fixture.LiveVariable());
        fixture.AssertRollouts(3);
    }

    [Fact]
    public async Task A_rollout_that_came_good_meanwhile_does_not_go_back()
    {
        await using var fixture = await StartAsync();
        await SettledAsync(fixture);
        var late = PushBroken(fixture);
        fixture.Api.Fail(call => call.Body.Contains("refresh-quarantine"), FakeFault.First(_ =>
        {
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
            return Task.CompletedTask;
        }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Refreshed, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
        fixture.AssertSettled("ingestor", late);
    }

    /// <summary>The ingestor's first digest was rolled out and has settled.</summary>
    private static async Task<Digest> SettledAsync(TickFixture fixture)
    {
        await fixture.SeenAsync(fixture.SetEnv().RollingBack());
        var good = fixture.Push("ingestor", "good");
        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);
        fixture.Forget();
        return good;
    }

    private static Digest PushBroken(TickFixture fixture)
    {
        var broken = fixture.Push("ingestor", "broken");
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Variable("api", Variable) == $"{broken}" ? RolloutBehaviour.Crashes : RolloutBehaviour.Completes);
        return broken;
    }
}
