using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Notifications.Events;

public sealed class EventTests
{
    [Fact]
    public async Task A_refresh_is_an_event_on_its_workload()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Events = true });
        var digest = fixture.Push("ingestor", "2");

        await fixture.TickAndNotifyAsync();

        var found = Assert.Single(fixture.Api.List("events"));
        Assert.Equal(
            ("Normal", "Refreshed", "Refresh", "tracebloc.io/image-refresh", "refresh-1"),
            (Text(found, "type"), Text(found, "reason"), Text(found, "action"), Text(found, "reportingController"),
                Text(found, "reportingInstance")));
        Assert.EndsWith($"-> {digest.Short()}", Text(found, "note"));
        var workload = fixture.Api.Get(Acme)["metadata"]!;
        Assert.Equal(
            new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "Deployment",
                ["name"] = "acme",
                ["namespace"] = "tracebloc",
                ["uid"] = (string?)workload["uid"],
            }.ToJsonString(),
            found["regarding"]!.ToJsonString());
    }

    [Theory]
    [InlineData(20, "v1beta1")]
    [InlineData(34, "v1")]
    public async Task A_refresh_of_a_CronJob_is_an_event_on_it_in_the_version_that_is_served(int minor, string version)
    {
        var server = minor == 20 ? FakeServerVersion.Old : FakeServerVersion.Of(minor);
        await using var fixture = await StartAsync(
            WithContainers(Testing.Kubernetes.Some.CronJob("nightly", version)), version: server);
        await fixture.SeenAsync(fixture.SetImage(workload: "cronjob/nightly"));
        fixture.Notify(new() { Events = true });
        fixture.Push("web", "2");

        await fixture.TickAndNotifyAsync();

        var found = Assert.Single(fixture.Api.List("events"));
        Assert.Equal("Refreshed", Text(found, "reason"));
        var regarding = found["regarding"]!.AsObject();
        Assert.Equal(
            ($"batch/{version}", "CronJob", "nightly"),
            (Text(regarding, "apiVersion"), Text(regarding, "kind"), Text(regarding, "name")));
    }

    [Theory]
    [InlineData(false, 11)]
    [InlineData(true, 2)]
    public async Task What_a_patch_has_done_is_told_though_its_end_cannot_be_written_down(bool garbled, int exitCode)
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Events = true });
        fixture.Push("ingestor", "2");
        Assert.Equal(0, (await fixture.TickThroughWaitsAsync()).ExitCode);
        fixture.Api.Edit(Acme, body =>
            body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] = $"{Some.C}");
        fixture.Api.Fail(
            call => call.Verb == "patch" && call.Body.Contains("\"spec\"") == garbled,
            garbled ? FakeFault.Then(_ => GarbleAsync(fixture)) : FakeFault.Status(403));

        var report = await fixture.TickAndNotifyAsync();

        Assert.Equal(exitCode, report.ExitCode);
        Assert.Equal("Repaired", Text(Assert.Single(fixture.Api.List("events")), "reason"));
    }

    [Fact]
    public async Task What_fails_and_is_given_up_is_told_once_as_a_warning()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Events = true });
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);
        fixture.Push("ingestor", "broken");

        for (var tick = 0; tick < 5; tick++)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(15));
            await fixture.TickAndNotifyAsync();
        }

        var events = fixture.Api.List("events");
        Assert.Equal(
            ["GaveUp", "RolloutFailed", "RolloutFailed"], events.Select(found => Text(found, "reason")).Order());
        Assert.All(events, found => Assert.Equal("Warning", Text(found, "type")));
        Assert.All(events, found => Assert.Null(found["series"]));
    }

    [Fact]
    public async Task The_same_once_more_is_counted_on_the_event_that_is_there()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Events = true });
        foreach (var content in (string[])["2", "1", "2", "1", "2"])
        {
            fixture.Push("ingestor", content);
            await fixture.TickAndNotifyAsync();
        }

        Assert.Equal([2, 3], fixture.Api.List("events").Select(found => (int?)found["series"]?["count"]).Order());
        Assert.Equal(0, fixture.Api.Count("get", "events"));
    }

    [Fact]
    public async Task A_role_that_does_not_allow_it_is_a_warning_and_no_failure()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv(), fixture.Restart());
        fixture.Notify(new() { Events = true });
        fixture.Api.Deny("create", "events");
        fixture.Push("ingestor", "2");
        fixture.Push("manager", "2");

        var report = await fixture.TickAndNotifyAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Equal(1, fixture.Api.Count("create", "events"));
        var warning = Assert.Single(fixture.Logger.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains("grant verb \"create\" on \"events\" of API group \"events.k8s.io\"", warning);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task One_that_cannot_be_counted_keeps_no_other_from_being_written(int status)
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv(), fixture.Restart());
        fixture.Notify(new() { Events = true });
        fixture.Api.Fail("patch", "events", FakeFault.Status(status));
        foreach (var content in (string[])["2", "1"])
        {
            fixture.Push("ingestor", content);
            await fixture.TickAndNotifyAsync();
        }
        fixture.Push("ingestor", "2");
        fixture.Push("manager", "2");

        await fixture.TickAndNotifyAsync();

        Assert.Equal(3, fixture.Api.List("events").Count);
        Assert.Single(fixture.Logger.Lines, line => line.Contains("Events are not written"));
    }

    [Fact]
    public async Task A_server_that_is_overloaded_is_not_asked_for_the_others()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv(), fixture.Restart());
        fixture.Notify(new() { Events = true });
        fixture.Api.Fail("create", "events", FakeFault.Status(500), times: 10);
        fixture.Push("ingestor", "2");
        fixture.Push("manager", "2");

        await fixture.TickAndNotifyAsync();

        Assert.Equal(1, fixture.Api.Count("create", "events"));
    }

    [Fact]
    public async Task A_tick_without_a_happening_asks_for_nothing()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Events = true });

        await fixture.TickAndNotifyAsync();

        Assert.Equal(["get deployments/acme"], fixture.Api.Calls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_cut_to_what_the_server_takes()
    {
        await using var fixture = await NotificationFixture.StartAsync(new() { Events = true });
        fixture.Push("ingestor", "2");
        fixture.Api.OnRollout(Acme, new RolloutBehaviour("CrashLoopBackOff" + new string('ä', 2000)));

        await fixture.TickAndNotifyAsync();

        Assert.DoesNotContain(fixture.Logger.Lines, line => line.Contains("Events are not written"));
    }

    private static Task GarbleAsync(TickFixture fixture)
    {
        fixture.Api.Edit(Acme, body =>
            body["metadata"]!["annotations"]![RefreshAnnotations.Attempts("ingestor")] = "some");
        return Task.CompletedTask;
    }

    private static string? Text(JsonObject found, string key) => (string?)found[key];
}
