using Tracebloc.ImageRefresh.Records;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Failures of the API server: never taken for absence, never in another workload's way.</summary>
public sealed class TickFaultTests
{
    [Fact]
    public async Task A_workload_that_does_not_exist_fails_the_run_and_its_image_is_asked_for_nowhere()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart(workload: "deployment/absent"));

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("deployments/absent", report.Images[0].Message);
        Assert.Empty(fixture.Registry.Requests);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task A_workload_that_may_not_be_read_fails_the_run_and_nothing_is_concluded_from_it()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.Deny("get", "deployments", "acme");

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("forbidden", report.Images[0].Message);
        Assert.Empty(fixture.Registry.Requests);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task A_pinned_image_of_a_workload_that_may_not_be_read_is_pinned_all_the_same()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart(), fixture.SetEnv() with { Pinned = true });
        fixture.Api.Deny("get", "deployments", "acme");

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Unreachable, Outcome.Pinned], report.Images.Select(image => image.Outcome));
    }

    [Theory]
    [InlineData(500, "etcdserver: leader changed")]
    [InlineData(503, "shutting down")]
    [InlineData(200, "<html>not the API server</html>")]
    [InlineData(200, "{\"metadata\": 1}")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"metadata\": {}, \"spec\": {\"selector\": {}, \"template\": {\"spec\": {}}}, \"status\": {}}")]
    [InlineData(200, "{\"metadata\": {}, \"spec\": null, \"status\": {}}")]
    public async Task A_workload_that_cannot_be_read_fails_the_run(int status, string body)
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart());
        fixture.Api.Fail("get", "deployments", FakeFault.Raw(status, body), times: 9);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Empty(fixture.Registry.Requests);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task An_api_server_that_is_back_within_the_call_is_no_failure()
    {
        await using var fixture = await StartAsync();
        var digest = fixture.Push("manager", "1");
        fixture.Track(fixture.Restart());
        fixture.Api.Fail("get", "deployments", FakeFault.DropBefore);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task A_patch_that_is_refused_fails_the_run()
    {
        await using var fixture = await StartAsync();
        var before = await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.Deny("patch", "deployments", "acme");

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("patch", report.Images[0].Message, StringComparison.OrdinalIgnoreCase);
        fixture.AssertSettled("manager", before);
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task A_conflict_is_read_and_planned_again_and_gives_one_rollout()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.Fail("patch", "deployments", FakeFault.First(_ => Annotate(fixture)));

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Refreshed, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Equal(409, fixture.Api.Writes[0].Status);
        Assert.Equal(2, fixture.Api.Count("get", "deployments"));
        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task A_conflict_that_brought_the_digest_already_gives_no_rollout_of_its_own()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        var newer = fixture.Push("ingestor", "2");
        fixture.Api.Fail("patch", "deployments", FakeFault.First(_ =>
        {
            var key = RefreshAnnotations.Settled("ingestor");
            fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]![key] = $"{newer}");
            return Task.CompletedTask;
        }));

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Unchanged, 0), (Assert.Single(report.Images).Outcome, report.ExitCode));
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task A_conflict_when_the_rollout_is_over_does_not_lose_the_record()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.Fail(call => call.Body.Contains("last-refreshed"), FakeFault.First(_ => Annotate(fixture)));

        var report = await fixture.TickAsync();

        Assert.Equal(0, report.ExitCode);
        fixture.AssertRollouts(1);
        await fixture.TickAsync();
        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", newer);
    }

    [Fact]
    public async Task A_workload_that_is_written_all_the_time_fails_the_run_and_not_the_loop()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        fixture.Api.Fail("patch", "deployments", FakeFault.Status(409, "Conflict"), times: 99);

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(report.Images).Outcome, report.ExitCode));
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task One_workloads_trouble_does_not_stop_another()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart(workload: "deployment/absent"), fixture.SetEnv());
        var digest = fixture.Push("ingestor", "1");

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Unreachable, Outcome.Recorded], report.Images.Select(image => image.Outcome));
        Assert.Equal(11, report.ExitCode);
        fixture.AssertSettled("ingestor", digest);
    }

    [Theory]
    [InlineData("tracebloc.io/last-refreshed-manager-digest", "prod")]
    [InlineData("tracebloc.io/manager-refresh-attempts", "-1")]
    [InlineData("tracebloc.io/manager-refresh-not-before", "soon")]
    public async Task An_annotation_that_cannot_be_read_is_not_taken_for_absent(string key, string value)
    {
        await using var fixture = await StartAsync(Deployment().Annotation(key, value));
        fixture.Track(fixture.Restart(), fixture.SetEnv());
        fixture.Push("manager", "1");
        var digest = fixture.Push("ingestor", "1");

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Misconfigured, Outcome.Recorded], report.Images.Select(image => image.Outcome));
        Assert.Equal(2, report.ExitCode);
        Assert.Contains(key, report.Images[0].Message);
        Assert.Equal(value, fixture.Annotations()[key]);
        fixture.AssertSettled("ingestor", digest);
    }

    [Fact]
    public async Task A_count_of_waits_that_cannot_be_read_does_not_stop_other_workloads()
    {
        await using var fixture = await StartAsync(Deployment().Annotation(RefreshAnnotations.SkipStreak, "many"));
        fixture.Api.Add(Deployment("other"));
        fixture.Track(fixture.Restart(), fixture.SetEnv(workload: "deployment/other"));
        fixture.Push("manager", "1");
        var digest = fixture.Push("ingestor", "1");

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Misconfigured, Outcome.Recorded], report.Images.Select(image => image.Outcome));
        Assert.Contains(RefreshAnnotations.SkipStreak, report.Images[0].Message);
        fixture.AssertSettled("ingestor", digest, "deployment/other");
    }

    [Fact]
    public async Task A_variable_that_comes_from_elsewhere_is_refused()
    {
        await using var fixture = await StartAsync(Deployment().With(m =>
            m["spec"]!["template"]!["spec"]!["containers"]![0]!["env"] = System.Text.Json.Nodes.JsonNode.Parse(
                $$$"""[{"name": "{{{Variable}}}", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name" } } } ]""")));
        fixture.Track(fixture.SetEnv());
        fixture.Push("ingestor", "1");

        var report = await fixture.TickAsync();

        Assert.Equal((Outcome.Misconfigured, 2), (Assert.Single(report.Images).Outcome, report.ExitCode));
        Assert.Contains("valueFrom", report.Images[0].Message);
        Assert.Empty(fixture.Api.Writes);
    }

    private static Task Annotate(TickFixture fixture)
    {
        fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]!["note"] = "written by somebody");
        return Task.CompletedTask;
    }
}
