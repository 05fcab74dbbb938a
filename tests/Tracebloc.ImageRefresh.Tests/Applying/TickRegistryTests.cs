using Tracebloc.ImageRefresh.Records;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Registries that do not answer: tolerated, counted in the open, and past a limit a failure.</summary>
public sealed class TickRegistryTests
{
    [Fact]
    public async Task It_is_counted_with_its_error_and_fails_the_run_at_the_threshold()
    {
        await using var fixture = await StartAsync();
        var before = await fixture.SeenAsync(fixture.Restart());
        fixture.Registry.When(_ => true, FakeReply.Of(404, "{}"));

        Assert.Equal([0, 0, 10, 10], await fixture.ExitCodesAsync(4));

        var record = fixture.Record("manager");
        Assert.Equal((before, 4), (record.Settled, record.Failures));
        Assert.Equal("4", fixture.Annotations()["tracebloc.io/manager-refresh-failures"]);
        Assert.NotEmpty(fixture.Annotations()["tracebloc.io/manager-refresh-error"]);
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task The_next_answer_clears_the_count()
    {
        await using var fixture = await StartAsync();
        var digest = await fixture.SeenAsync(fixture.Restart());
        fixture.Registry.Delete("tracebloc/manager", "prod");
        await fixture.ExitCodesAsync(3);
        Assert.Equal(3, fixture.Record("manager").Failures);
        fixture.Push("manager", "1");

        Assert.Equal([0], await fixture.ExitCodesAsync(1));

        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task An_image_that_was_never_resolved_is_counted_as_well()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart());

        Assert.Equal([0, 0, 10], await fixture.ExitCodesAsync(3));

        var digest = fixture.Push("manager", "1");
        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        fixture.AssertSettled("manager", digest);
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task One_image_that_cannot_be_resolved_does_not_stop_another_of_its_workload()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart(), fixture.SetEnv());
        fixture.Push("manager", "1");
        fixture.Push("ingestor", "1");
        await fixture.TickAsync();
        fixture.Registry.Delete("tracebloc/manager", "prod");
        var newer = fixture.Push("ingestor", "2");

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Unresolved, Outcome.Refreshed], report.Images.Select(image => image.Outcome));
        Assert.Equal(1, fixture.Record("manager").Failures);
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task A_registry_that_is_away_does_not_stop_the_images_of_another()
    {
        await using var fixture = await StartAsync();
        await using var second = await FakeRegistry.StartAsync(cancellationToken: Cancelled);
        second.Push("tracebloc/ingestor", "prod", "1");
        var elsewhere = Registry.ImageReference.Parse($"{second.Host}/tracebloc/ingestor:prod");
        fixture.Track(fixture.Restart(), fixture.SetEnv() with { Image = elsewhere });
        fixture.Registry.When(_ => true, FakeReply.Abort);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal([Outcome.Unresolved, Outcome.Recorded], report.Images.Select(image => image.Outcome));
    }

    [Fact]
    public async Task A_workload_is_refreshed_while_the_registry_of_another_has_yet_to_answer()
    {
        await using var fixture = await StartAsync();
        await using var slow = await FakeRegistry.StartAsync(cancellationToken: Cancelled);
        var answer = new TaskCompletionSource();
        slow.When(_ => true, FakeReply.Of(404) with { Before = answer.Task });
        var elsewhere = Registry.ImageReference.Parse($"{slow.Host}/tracebloc/other:prod");
        fixture.Api.Add(Deployment("second"));
        await fixture.SeenAsync(fixture.Restart());
        fixture.Track(fixture.Restart("other", "deployment/second") with { Image = elsewhere }, fixture.Restart());
        var newer = fixture.Push("manager", "2");

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(_ => fixture.Record("manager").Settled == newer);

        Assert.False(tick.IsCompleted);
        answer.SetResult();
        Assert.Equal([Outcome.Unresolved, Outcome.Refreshed], (await tick).Images.Select(image => image.Outcome));
    }

    [Fact]
    public async Task A_registry_that_names_a_time_is_not_asked_before_it_by_any_tick()
    {
        await using var fixture = await StartAsync();
        var digest = await fixture.SeenAsync(fixture.Restart());
        fixture.Registry.When(_ => true, FakeReply.Of(429, "{}").With("Retry-After", "3600"), times: 1);
        await fixture.TickAsync();
        var until = new HoldOff(fixture.Time.GetUtcNow().AddHours(1), fixture.Registry.Host);
        Assert.Equal(until, fixture.Record("manager").NotBefore);
        fixture.Forget();

        fixture.Time.Advance(TimeSpan.FromMinutes(59));
        var held = await fixture.TickAsync();

        Assert.Equal(Outcome.Unresolved, Assert.Single(held.Images).Outcome);
        Assert.Contains("requested no calls before", held.Images[0].Message);
        Assert.Empty(fixture.Registry.Requests);
        Assert.Empty(fixture.Registry.Tokens.Requests);

        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await fixture.TickAsync();

        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task An_image_that_moved_to_another_registry_is_asked_for_there_whatever_the_first_had_asked()
    {
        await using var fixture = await StartAsync();
        await using var second = await FakeRegistry.StartAsync(cancellationToken: Cancelled);
        var digest = Registry.Digest.Parse(second.Push("tracebloc/manager", "prod", "1"));
        await fixture.SeenAsync(fixture.Restart());
        fixture.Registry.When(_ => true, FakeReply.Of(429, "{}").With("Retry-After", "3600"), times: 1);
        await fixture.TickAsync();
        var moved = Registry.ImageReference.Parse($"{second.Host}/tracebloc/manager:prod");
        fixture.Track(fixture.Restart() with { Image = moved });

        await fixture.TickAsync();

        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task What_one_workload_was_told_not_to_ask_for_is_asked_for_no_other()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Deployment("second"));
        var manager = fixture.Restart();
        await fixture.SeenAsync(manager);
        fixture.Registry.When(_ => true, FakeReply.Of(429, "{}").With("Retry-After", "3600"), times: 1);
        await fixture.TickAsync();
        fixture.Forget();

        fixture.Track(fixture.Restart("second", "deployment/second") with { Image = manager.Image }, manager);
        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Contains("requested no calls before", image.Message));
        Assert.Empty(fixture.Registry.Requests);
    }

    [Fact]
    public async Task A_hold_off_is_counted_like_any_tick_without_an_answer()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Registry.When(_ => true, FakeReply.Of(429, "{}").With("Retry-After", "7200"), times: 1);

        Assert.Equal([0, 0, 10], await fixture.ExitCodesAsync(3));
    }

    [Fact]
    public async Task A_tag_that_was_deleted_and_pushed_again_is_followed()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Registry.Delete("tracebloc/ingestor", "prod");
        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        var again = fixture.Push("ingestor", "2");

        Assert.Equal([0], await fixture.ExitCodesAsync(1));

        fixture.AssertSettled("ingestor", again);
        fixture.AssertRollouts(1);
    }

    [Fact]
    public async Task A_tag_that_moves_and_comes_back_between_two_ticks_is_no_change()
    {
        await using var fixture = await StartAsync();
        var digest = await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Registry.Move("tracebloc/manager", "prod", $"{digest}");

        await fixture.TickAsync();

        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task A_registry_that_is_away_hides_no_failed_rollout()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "broken");
        fixture.Api.OnRollout(Acme, Testing.Kubernetes.RolloutBehaviour.Crashes);
        await fixture.ExitCodesAsync(1);
        fixture.Registry.Delete("tracebloc/ingestor", "prod");

        Assert.Equal([12, 12], await fixture.ExitCodesAsync(2));
    }
}
