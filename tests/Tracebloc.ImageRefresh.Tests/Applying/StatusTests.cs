using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>The status by the records alone, and its exit code.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task No_registry_is_asked_and_nothing_is_written()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv(), fixture.Restart());

        var report = await fixture.StatusAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
        Assert.Equal(0, report.ExitCode);
        Assert.Empty(fixture.Registry.Requests);
        Assert.Equal(["get deployments/acme"], fixture.Api.Calls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task What_no_run_has_recorded_is_said_so()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.SetEnv());

        await AssertAsync(fixture, Outcome.Unseen, 0, "no run has recorded it yet");
    }

    [Fact]
    public async Task A_newer_digest_that_no_run_has_seen_is_not_known()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "2");

        await AssertAsync(fixture, Outcome.Unchanged, 0);
    }

    [Fact]
    public async Task What_somebody_changed_is_told_as_what_a_run_would_repair()
    {
        await using var fixture = await StartAsync(WithContainers(
            Testing.Kubernetes.Some.Deployment("acme"), $"{Some.A}"));
        fixture.Track(fixture.SetEnv());
        fixture.Push("ingestor", "1");
        await fixture.TickAsync();
        await fixture.TickAsync();
        fixture.Api.Edit(Acme, body =>
            body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] = $"{Some.B}");

        await AssertAsync(fixture, Outcome.Repaired, 0, $"changed to {Some.B.Short()} by kubectl-edit at");
    }

    [Fact]
    public async Task A_rollout_that_is_under_way_is_waited_for()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "2");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        using var stop = new CancellationTokenSource();
        fixture.Api.Fail("watch", "deployments", FakeFault.First(_ => stop.CancelAsync()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.TickAsync(token: stop.Token));
        fixture.Forget();

        await AssertAsync(fixture, Outcome.Waiting, 0);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task Failed_attempts_are_12_and_a_digest_given_up_is_13()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "broken");
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Crashes);

        await fixture.ExitCodesAsync(1);
        await AssertAsync(fixture, Outcome.Retried, 12, "attempt 2 of 3");
        await fixture.ExitCodesAsync(2);
        await AssertAsync(fixture, Outcome.GaveUp, 13, "CrashLoopBackOff");
    }

    [Fact]
    public async Task A_digest_in_quarantine_is_13_and_says_how_it_is_lifted()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv().RollingBack());
        var broken = fixture.Push("ingestor", "broken");
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Variable("api", Variable) == $"{broken}" ? RolloutBehaviour.Crashes : RolloutBehaviour.Completes);
        await fixture.TickThroughWaitsAsync();

        await AssertAsync(fixture, Outcome.Quarantined, 13, "image-refresh release ingestor lifts it");
        Assert.Equal(broken, (await fixture.StatusAsync()).Images[0].Latest);
    }

    [Fact]
    public async Task A_registry_that_stays_away_is_10_with_the_ticks_that_were_counted()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Registry.When(_ => true, FakeReply.Of(503));

        await fixture.ExitCodesAsync(2);
        await AssertAsync(fixture, Outcome.Unresolved, 0, "(2 ticks in a row, tolerated below 3)");
        await fixture.ExitCodesAsync(1);
        await AssertAsync(fixture, Outcome.Unresolved, 10, "answered 503");
    }

    [Fact]
    public async Task When_a_registry_may_be_asked_again_is_told()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Registry.When(_ => true, FakeReply.Of(429).With("Retry-After", "86400"));
        await fixture.ExitCodesAsync(1);

        var until = Assert.Single((await fixture.StatusAsync()).Images).Until;

        Assert.Equal(fixture.Record("ingestor").NotBefore?.Until, until);
        Assert.NotNull(until);
    }

    [Fact]
    public async Task A_digest_that_waits_for_its_age_is_told_and_until_when()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv() with { Gates = new() { MinAge = TimeSpan.FromHours(6) } });
        var newer = fixture.Push("ingestor", "2");
        await fixture.ExitCodesAsync(1);

        await AssertAsync(fixture, Outcome.Held, 0, ", minAge 6h");
        var image = Assert.Single((await fixture.StatusAsync()).Images);
        Assert.Equal(newer, image.Latest);
        Assert.Equal(fixture.Record("ingestor").SeenAt + TimeSpan.FromHours(6), image.Until);
    }

    [Fact]
    public async Task What_would_keep_out_anything_newer_is_told_though_nothing_newer_is_known()
    {
        await using var fixture = await StartAsync();
        Assert.True(RefreshWindowParser.TryParse("Fri 04:00-05:00 UTC", out var window, out var error), error);
        await fixture.SeenAsync(fixture.SetEnv() with { Gates = new() { Windows = [window] } });

        const string Held = "a newer digest would be held until 2026-01-02 04:00:00Z: Fri 04:00-05:00 UTC opens then";
        await AssertAsync(fixture, Outcome.Unchanged, 0, Held);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero), (await fixture.StatusAsync()).Images[0].Until);
        fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]!["tracebloc.io/refresh-hold"] = "audit");
        await AssertAsync(
            fixture, Outcome.Unchanged, 0, "a newer digest would be held by tracebloc.io/refresh-hold: audit");
    }

    [Fact]
    public async Task A_workload_that_cannot_be_read_is_11_and_a_container_that_is_not_there_is_2()
    {
        await using var fixture = await StartAsync();
        fixture.Track(fixture.Restart(workload: "deployment/missing"));
        await AssertAsync(fixture, Outcome.Unreachable, 11);

        fixture.Track(fixture.Restart() with { Action = new RefreshAction.SetImage("none") });
        await AssertAsync(fixture, Outcome.Misconfigured, 2, "there is no container \"none\"");
    }

    [Fact]
    public async Task The_text_says_that_it_is_from_the_records_and_the_json_does_too()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());

        var report = await fixture.StatusAsync();

        Assert.EndsWith(
            "\nfrom the records alone, without a registry; a run would report: 1 unchanged\n",
            ReportText.Write(report));
        Assert.Contains("\"source\": \"records\"", ReportJson.Write(report));
    }

    private static async Task AssertAsync(TickFixture fixture, Outcome outcome, int exitCode, string message = "")
    {
        var report = await fixture.StatusAsync();
        var image = Assert.Single(report.Images);
        Assert.Equal((outcome, exitCode), (image.Outcome, report.ExitCode));
        Assert.Contains(message, image.Message);
    }
}
