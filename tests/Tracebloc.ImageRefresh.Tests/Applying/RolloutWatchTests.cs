using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>That a rollout is followed to its end, whatever becomes of the watch and with whatever rights.</summary>
public sealed class RolloutWatchTests
{
    private static bool IsOpenWatch(FakeCall call) => call is { Verb: "watch", Status: 200 };

    [Fact]
    public async Task A_watch_is_of_the_one_workload_and_from_where_the_patch_left_it()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");

        await fixture.TickAsync();

        var watch = Assert.Single(fixture.Api.Calls, call => call.Verb == "watch");
        Assert.Equal("metadata.name=acme", watch.Query["fieldSelector"]);
        Assert.NotEmpty(watch.Query["resourceVersion"]);
        Assert.Equal(1, fixture.Api.Count("get", "deployments"));
    }

    [Fact]
    public async Task Where_watching_is_denied_the_workload_is_asked_again_and_again()
    {
        await using var fixture = await RollingAsync();
        fixture.Api.Deny("watch", "deployments");
        CompleteAtGet(fixture, 4);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Equal(1, fixture.Api.Count("watch", "deployments"));
        Assert.Equal(4, fixture.Api.Count("get", "deployments"));
        fixture.AssertSettled("manager", fixture.Push("manager", "2"));
    }

    [Fact]
    public async Task A_server_that_is_away_when_it_is_asked_is_asked_again()
    {
        await using var fixture = await RollingAsync();
        fixture.Api.Deny("watch", "deployments");
        fixture.Api.Deny("list", "pods");
        // The second reading and all its retries, twice over.
        fixture.Api.Fail(
            call => call.Verb == "get" && call.Number > 2, FakeFault.Status(503, "ServiceUnavailable"), times: 6);
        CompleteAtGet(fixture, 3);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Refreshed, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
    }

    [Fact]
    public async Task Where_pods_may_not_be_listed_they_are_not_asked_for_again()
    {
        await using var fixture = await RollingAsync();
        fixture.Api.Deny("watch", "deployments");
        fixture.Api.Deny("list", "pods");
        CompleteAtGet(fixture, 6);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Equal(1, fixture.Api.Count("list", "pods"));
        fixture.AssertSettled("manager", fixture.Push("manager", "2"));
    }

    [Fact]
    public async Task Trouble_that_pods_may_not_tell_is_told_by_the_time_that_passes()
    {
        await using var fixture = await RollingAsync(RolloutBehaviour.CannotPull);
        fixture.Api.Deny("list", "pods");

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(IsOpenWatch);
        fixture.Time.Advance(fixture.Configuration.RolloutTimeout);

        Assert.Equal(12, (await tick).ExitCode);
    }

    [Theory]
    [InlineData("pods")]
    [InlineData("replicasets")]
    public async Task Pods_that_could_not_be_listed_once_are_looked_at_again(string resource)
    {
        await using var fixture = await RollingAsync(RolloutBehaviour.CannotPull);
        fixture.Api.Fail("list", resource, FakeFault.Status(503, "ServiceUnavailable"), times: 4);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(12, report.ExitCode);
        Assert.Contains("ImagePullBackOff", report.Images[0].Message);
        Assert.True(report.Elapsed < TimeSpan.FromMinutes(2), $"{report.Elapsed}");
    }

    [Fact]
    public async Task A_watch_that_ends_is_opened_again()
    {
        await using var fixture = await RollingAsync();

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(IsOpenWatch);
        fixture.Api.EndWatches();
        var again = fixture.WaitForAsync(call => IsOpenWatch(call) && call.Number > 3);
        await fixture.PassWaitsUntilAsync(again);
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal(0, (await tick).ExitCode);
    }

    [Fact]
    public async Task A_place_that_the_server_forgot_is_read_anew()
    {
        await using var fixture = await RollingAsync();

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(IsOpenWatch);
        var read = fixture.WaitForAsync(call => call is { Verb: "get", Number: > 3, Status: 200 });
        fixture.Api.ForgetHistory();
        await fixture.PassWaitsUntilAsync(read);
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
        await fixture.PassWaitsUntilAsync(tick);

        Assert.Equal(0, (await tick).ExitCode);
        fixture.AssertRollouts(1);
    }

    [Fact]
    public async Task A_completion_that_happened_while_nobody_watched_is_seen()
    {
        await using var fixture = await RollingAsync();
        fixture.Api.Fail("watch", "deployments", FakeFault.First(_ =>
        {
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
            fixture.Api.ForgetHistory();
            return Task.CompletedTask;
        }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        fixture.AssertSettled("manager", fixture.Push("manager", "2"));
    }

    [Fact]
    public async Task An_api_server_that_is_away_for_a_moment_ends_neither_the_rollout_nor_the_run()
    {
        await using var fixture = await RollingAsync();
        var away = true;
        // The first read and the patch went through; then nothing does until the tenth attempt.
        fixture.Api.Fail(call => away && call.Number > 2, FakeFault.DropBefore, times: 10);
        fixture.Api.Fail(call => away && call.Number > 2, FakeFault.First(_ =>
        {
            away = false;
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
            return Task.CompletedTask;
        }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Refreshed, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
        fixture.AssertRollouts(1);
    }

    [Fact]
    public async Task A_rollout_that_was_complete_when_the_time_was_up_is_no_failure()
    {
        await using var fixture = await RollingAsync();
        fixture.Api.Deny("watch", "deployments");
        // Complete, and nobody has looked since: the conclusion conflicts with the controller's write.
        fixture.Api.Fail(call => call.Body.Contains("refresh-failed-attempts"), FakeFault.First(_ =>
        {
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
            return Task.CompletedTask;
        }));

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 403 });
        fixture.Time.Advance(fixture.Configuration.RolloutTimeout);
        var report = await tick;

        Assert.Equal(0, report.ExitCode);
        fixture.AssertSettled("manager", fixture.Push("manager", "2"));
    }

    /// <summary>About to roll out a newer digest, which then stands as given.</summary>
    private static async Task<TickFixture> RollingAsync(RolloutBehaviour? behaviour = null)
    {
        var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, behaviour ?? RolloutBehaviour.Progresses);
        return fixture;
    }

    private static void CompleteAtGet(TickFixture fixture, int number)
    {
        var gets = 0;
        fixture.Api.Fail(
            call => call.Verb == "get" && ++gets == number,
            FakeFault.First(_ =>
            {
                fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
                return Task.CompletedTask;
            }));
    }
}
