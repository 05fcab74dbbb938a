using System.Text.Json.Nodes;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>A CronJob has no rollout: a digest is recorded as soon as the template of its Jobs holds it.</summary>
public sealed class TickCronJobTests
{
    private const string Nightly = "cronjob/nightly";

    [Theory]
    [InlineData(20, "v1beta1")]
    [InlineData(34, "v1")]
    public async Task A_new_digest_is_set_and_recorded_and_nothing_else_changes(int minor, string version)
    {
        await using var fixture = await StartAsync(minor);
        await fixture.SeenAsync(Image(fixture), fixture.SetEnv(workload: Nightly));
        var before = fixture.Api.Get(Nightly);
        var (image, variable) = (fixture.Push("web", "2"), fixture.Push("ingestor", "2"));

        var report = await fixture.TickAsync();

        Assert.All(report.Images, each => Assert.Equal(Outcome.Refreshed, each.Outcome));
        Assert.All(report.Images, each => Assert.EndsWith("; its next Job runs it", each.Message));
        Assert.Equal(0, report.ExitCode);
        Assert.Equal($"{fixture.Registry.Host}/tracebloc/web@{image}", fixture.LiveImage(Nightly));
        Assert.Equal(variable.ToString(), fixture.LiveVariable(Nightly));
        fixture.AssertSettled("web", image, Nightly);
        fixture.AssertSettled("ingestor", variable, Nightly);
        Assert.Equal($"batch/{version}", (string?)fixture.Api.Get(Nightly)["apiVersion"]);
        Assert.Equal(WithoutRefresh(before), WithoutRefresh(fixture.Api.Get(Nightly)));
        Assert.Equal(2, fixture.Api.Calls.Count(call => call.IsWrite));
        Assert.All(fixture.Api.Calls, call => Assert.Equal("cronjobs", call.Resource));
        Assert.DoesNotContain(fixture.Api.Calls, call => call.Verb is "watch" or "list");
        Assert.Contains(
            fixture.Logger.Lines, line => line.StartsWith($"Information: {Nightly}: changed for its next Job: "));
    }

    // The fake does not count a request for a type that it does not serve.
    [Theory]
    [InlineData(20)]
    [InlineData(34)]
    public async Task A_quiet_tick_costs_one_get_of_the_version_that_is_served(int minor)
    {
        await using var fixture = await StartAsync(minor);
        fixture.Api.Add(Deployment());
        await fixture.SeenAsync(Image(fixture), fixture.SetEnv());

        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
        Assert.Equal(
            ["get cronjobs/nightly", "get deployments/acme"],
            fixture.Api.Calls.Select(call => call.ToString()).Order());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(34)]
    public async Task A_CronJob_that_is_not_there_is_named_with_the_remedy(int minor)
    {
        await using var fixture = await StartAsync(minor);
        fixture.Push("web", "1");
        fixture.Track(fixture.SetImage(workload: "cronjob/daily"));

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Kubernetes, report.ExitCode);
        Assert.Equal(
            "GET cronjobs/daily in tracebloc: cronjobs.batch \"daily\" not found (404); "
            + "check the name and the namespace",
            Assert.Single(report.Images).Message);
        Assert.Single(fixture.Api.Calls);
    }

    [Fact]
    public async Task A_suspended_CronJob_is_refreshed_as_any_other()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(Image(fixture));
        fixture.Api.Edit(Nightly, body => body["spec"]!["suspend"] = true);
        var newer = fixture.Push("web", "2");

        Assert.Equal(Outcome.Refreshed, Assert.Single((await fixture.TickAsync()).Images).Outcome);

        fixture.AssertSettled("web", newer, Nightly);
        Assert.True((bool?)fixture.Api.Get(Nightly)["spec"]!["suspend"]);
    }

    [Fact]
    public async Task A_digest_that_another_writer_undoes_is_set_again_and_then_given_up_with_the_writers_name()
    {
        await using var fixture = await StartAsync();
        var image = Image(fixture);
        await fixture.SeenAsync(image);
        fixture.Push("web", "2");
        await fixture.TickAsync();

        for (var tick = 0; tick < fixture.Configuration.MaxRefreshAttempts; tick++)
        {
            PutBack(fixture, image);
            var repaired = Assert.Single((await fixture.TickAsync()).Images);
            Assert.Equal(Outcome.Repaired, repaired.Outcome);
            Assert.StartsWith("removed by argocd at ", repaired.Message);
        }
        PutBack(fixture, image);
        var left = await fixture.TickAsync();

        Assert.Equal((Outcome.GaveUp, ExitCodes.Frozen), (Assert.Single(left.Images).Outcome, left.ExitCode));
        Assert.Contains("argocd", left.Images[0].Message);
    }

    [Fact]
    public async Task A_change_that_does_not_stay_in_the_template_is_never_recorded_as_a_refresh()
    {
        await using var fixture = await StartAsync();
        var image = Image(fixture);
        await fixture.SeenAsync(image);
        fixture.Push("web", "2");
        var codes = new List<int>();

        for (var tick = 0; tick < 6; tick++)
        {
            fixture.Api.Fail(call => call.Verb == "patch" && call.Body.Contains("jobTemplate"), FakeFault.Then(_ =>
            {
                PutBack(fixture, image);
                return Task.CompletedTask;
            }));
            codes.Add((await fixture.TickAsync()).ExitCode);
        }

        Assert.DoesNotContain(ExitCodes.Done, codes);
        Assert.Equal(ExitCodes.Frozen, codes[^1]);
        Assert.Equal(image.Image.ToString(), fixture.LiveImage(Nightly));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_off_at_any_call_the_next_tick_ends_with_the_digest_in_place(bool after)
    {
        var cut = 0;
        while (await CutAtAsync(cut + 1, after))
            Assert.True(++cut < 10, "the refresh never ended");
        Assert.Equal(3, cut);
    }

    [Fact]
    public async Task A_change_that_was_cut_off_before_its_record_is_recorded_by_the_next_tick()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(Image(fixture));
        fixture.Push("web", "2");
        await fixture.TickCutAsync(2, after: true);

        var settled = Assert.Single((await fixture.TickAsync()).Images);

        Assert.Equal((Outcome.Settled, "an earlier tick's change holds"), (settled.Outcome, settled.Message));
    }

    [Fact]
    public async Task A_tick_that_is_too_late_for_rollouts_is_not_too_late_for_a_CronJob()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(Image(fixture));
        var newer = fixture.Push("web", "2");
        fixture.Configuration = fixture.Configuration with { RolloutTimeout = fixture.Configuration.TickTimeout };

        Assert.Equal(Outcome.Refreshed, Assert.Single((await fixture.TickAsync()).Images).Outcome);

        fixture.AssertSettled("web", newer, Nightly);
    }

    [Fact]
    public async Task Gates_keep_a_digest_out()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(Image(fixture) with { Gates = new() { MinAge = TimeSpan.FromHours(1) } });
        var newer = fixture.Push("web", "2");

        Assert.Equal(Outcome.Held, Assert.Single((await fixture.TickAsync()).Images).Outcome);
        fixture.Api.Edit(Nightly, body => body["metadata"]!["annotations"]![Hold.Annotation] = "audit");
        fixture.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(Outcome.Held, Assert.Single((await fixture.TickAsync()).Images).Outcome);
        fixture.Api.Edit(Nightly, body => body["metadata"]!["annotations"]!.AsObject().Remove(Hold.Annotation));
        Assert.Equal(Outcome.Refreshed, Assert.Single((await fixture.TickAsync()).Images).Outcome);

        fixture.AssertSettled("web", newer, Nightly);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(34)]
    public async Task A_dry_run_and_status_report_it_and_change_nothing(int minor)
    {
        await using var fixture = await StartAsync(minor);
        await fixture.SeenAsync(Image(fixture));
        fixture.Push("web", "2");

        var planned = Assert.Single((await fixture.TickAsync(dryRun: true)).Images);
        var recorded = Assert.Single((await fixture.StatusAsync()).Images);

        Assert.Equal((Outcome.Refreshed, Outcome.Unchanged), (planned.Outcome, recorded.Outcome));
        Assert.DoesNotContain(fixture.Api.Calls, call => call.IsWrite);
    }

    private static async Task<TickFixture> StartAsync(int minor = 34)
    {
        var (version, cronJobs) = minor == 20
            ? (FakeServerVersion.Old, "v1beta1")
            : (FakeServerVersion.Of(minor), "v1");
        return await TickFixture.StartAsync(
            WithContainers(Manifests.CronJob("nightly", cronJobs)).InitContainer("setup", "registry.example.com/s:1"),
            version: version);
    }

    private static async Task<bool> CutAtAsync(int number, bool after)
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(Image(fixture));
        var newer = fixture.Push("web", "2");
        var isCut = await fixture.TickCutAsync(number, after);

        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);

        fixture.AssertSettled("web", newer, Nightly);
        return isCut;
    }

    private static TrackedImage Image(TickFixture fixture) => fixture.SetImage(workload: Nightly);

    // As a controller that reconciles does, with the value that was there first.
    private static void PutBack(TickFixture fixture, TrackedImage image)
    {
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Api.Edit(
            Nightly,
            body => WorkloadBuilder.TemplateOf(body)["spec"]!["containers"]![1]!["image"] = image.Image.ToString(),
            "argocd");
    }

    /// <summary>Everything but what a refresh is about: the two values, and what every write leaves behind.</summary>
    private static string WithoutRefresh(JsonObject workload)
    {
        foreach (var key in (string[])["annotations", "generation", "managedFields", "resourceVersion"])
            workload["metadata"]!.AsObject().Remove(key);
        var containers = WorkloadBuilder.TemplateOf(workload)["spec"]!["containers"]!;
        containers[0]!.AsObject().Remove("env");
        containers[1]!.AsObject().Remove("image");
        return workload.ToJsonString();
    }
}
