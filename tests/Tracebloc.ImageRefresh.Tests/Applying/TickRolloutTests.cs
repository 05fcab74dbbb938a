using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>How a rollout that a tick started ends, for each kind of workload and by each way to see it.</summary>
public sealed class TickRolloutTests
{
    [Theory]
    [InlineData("statefulset")]
    [InlineData("daemonset")]
    public async Task Other_kinds_are_refreshed_as_a_deployment_is(string kind)
    {
        var builder = kind == "statefulset" ? Manifests.StatefulSet("db") : Manifests.DaemonSet("db");
        var workload = $"{kind}/db";
        await using var fixture = await StartAsync(WithContainers(builder));
        await fixture.SeenAsync(fixture.SetEnv(workload: workload));
        var newer = fixture.Push("ingestor", "2");

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Refreshed, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Equal($"{newer}", Assert.Single(fixture.AssertRollouts(1, workload)).Variable("api", Variable));
        fixture.AssertSettled("ingestor", newer, workload);
    }

    [Theory]
    [InlineData("statefulset")]
    [InlineData("daemonset")]
    public async Task Other_kinds_are_watched_until_their_pods_are_ready(string kind)
    {
        var builder = kind == "statefulset" ? Manifests.StatefulSet("db") : Manifests.DaemonSet("db");
        var workload = $"{kind}/db";
        await using var fixture = await StartAsync(WithContainers(builder));
        await fixture.SeenAsync(fixture.SetEnv(workload: workload));
        var newer = fixture.Push("ingestor", "2");
        fixture.Api.OnRollout(workload, RolloutBehaviour.Progresses);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        Assert.False(tick.IsCompleted);
        fixture.Api.SetRollout(workload, RolloutBehaviour.Completes);
        var report = await tick;

        Assert.Equal(0, report.ExitCode);
        fixture.AssertSettled("ingestor", newer, workload);
    }

    [Fact]
    public async Task A_workload_without_replicas_settles()
    {
        await using var fixture = await StartAsync(Deployment().Replicas(0));
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);

        var report = await fixture.TickAsync();

        Assert.Equal(0, report.ExitCode);
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task A_deployment_that_recreates_its_pods_settles_when_they_are_back()
    {
        await using var fixture = await StartAsync(Deployment().With(m =>
            m["spec"]!["strategy"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "Recreate" }));
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);

        Assert.Equal(0, (await tick).ExitCode);
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task A_rollout_is_judged_by_no_status_that_is_older_than_itself()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Unobserved);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Time.Advance(fixture.Configuration.RolloutTimeout);
        var report = await tick;

        Assert.Equal((Outcome.RolloutFailed, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("waiting for the controller", report.Images[0].Message);
    }

    [Fact]
    public async Task One_that_is_not_complete_in_time_fails_the_run_and_is_not_recorded_as_done()
    {
        await using var fixture = await StartAsync();
        var before = await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Time.Advance(fixture.Configuration.RolloutTimeout - TimeSpan.FromSeconds(1));
        Assert.False(tick.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var report = await tick;

        Assert.Equal((Outcome.RolloutFailed, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("not complete within 10m", report.Images[0].Message);
        var record = fixture.Record("manager");
        Assert.Equal((before, newer, 1, 1), (record.Settled, record.Applied, record.Attempts, record.FailedAttempts));
        Assert.Contains("not complete within 10m", record.Error);
    }

    [Fact]
    public async Task One_whose_controller_gave_up_fails_at_once()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.ExceedsDeadline);

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.RolloutFailed, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("ProgressDeadlineExceeded", fixture.Record("manager").Error);
    }

    [Theory]
    [InlineData("ImagePullBackOff")]
    [InlineData("CrashLoopBackOff")]
    public async Task Pods_that_cannot_start_fail_it_early(string reason)
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "2");
        fixture.Api.OnRollout(
            Acme, reason == "ImagePullBackOff" ? RolloutBehaviour.CannotPull : RolloutBehaviour.Crashes);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.RolloutFailed, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.StartsWith($"{reason} in container api", fixture.Record("ingestor").Error);
        Assert.True(report.Elapsed < TimeSpan.FromMinutes(1), $"{report.Elapsed}");
    }

    [Theory]
    [InlineData("statefulset")]
    [InlineData("daemonset")]
    public async Task Pods_tell_where_the_kind_has_no_progress_deadline(string kind)
    {
        var builder = kind == "statefulset" ? Manifests.StatefulSet("db") : Manifests.DaemonSet("db");
        await using var fixture = await StartAsync(WithContainers(builder));
        await fixture.SeenAsync(fixture.SetImage(workload: $"{kind}/db"));
        fixture.Push("web", "2");
        fixture.Api.OnRollout($"{kind}/db", RolloutBehaviour.CannotPull with { Container = "web" });

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(12, report.ExitCode);
        Assert.Contains("ImagePullBackOff in container web", report.Images[0].Message);
    }

    [Fact]
    public async Task A_pod_that_is_only_being_created_is_no_trouble()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        fixture.Api.Fail("list", "pods", FakeFault.First(_ => Task.CompletedTask), times: 2);
        fixture.Api.Fail("list", "pods", FakeFault.First(_ =>
        {
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
            return Task.CompletedTask;
        }));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Equal(0, fixture.Api.Count("list", "replicasets"));
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task Somebody_who_changes_the_value_in_mid_rollout_does_not_make_it_a_success()
    {
        await using var fixture = await StartAsync();
        var before = await fixture.SeenAsync(fixture.SetEnv());
        var newer = fixture.Push("ingestor", "2");
        fixture.Api.OnRollout(
            Acme, rollout => rollout.Number == 1 ? RolloutBehaviour.Progresses : RolloutBehaviour.Completes);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Api.Edit(Acme, body =>
            body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] = $"{Some.A}");
        var report = await tick;

        Assert.Equal((Outcome.RolloutFailed, 12), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Equal(before, fixture.Record("ingestor").Settled);

        await fixture.TickAsync();

        Assert.Equal($"{newer}", fixture.LiveVariable());
        await fixture.TickAsync();
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task A_workload_deleted_in_mid_rollout_fails_the_run()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);

        var tick = fixture.TickAsync();
        await fixture.WaitForAsync(call => call is { Verb: "watch", Status: 200 });
        fixture.Api.Delete(Acme);
        await fixture.PassWaitsUntilAsync(tick);
        var report = await tick;

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
    }
}
