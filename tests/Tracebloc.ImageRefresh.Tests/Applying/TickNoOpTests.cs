using Tracebloc.ImageRefresh.Configuration;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>The requests of a tick with nothing to do, which is nearly always.</summary>
public sealed class TickNoOpTests
{
    [Fact]
    public async Task Three_images_of_two_workloads_cost_one_get_each_and_no_write()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Deployment("other"));
        TrackedImage[] images = [fixture.Restart(), fixture.SetEnv(), fixture.SetImage(workload: "deployment/other")];
        await fixture.SeenAsync(images);

        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(
            ["get deployments/acme", "get deployments/other"],
            fixture.Api.Calls.Select(call => call.ToString()).Order());
    }

    [Fact]
    public async Task After_a_refresh_there_is_nothing_left_to_write()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        fixture.Push("manager", "2");
        await fixture.TickAsync();
        fixture.Forget();

        await fixture.TickAsync();

        Assert.Equal(["get deployments/acme"], fixture.Api.Calls.Select(call => call.ToString()));
        fixture.AssertRollouts(1);
    }

    [Fact]
    public async Task Three_images_on_two_registries_with_tokens_cost_five_requests_and_two_tokens()
    {
        await using var fixture = await StartAsync();
        await using var second = await Testing.Registry.FakeRegistry.StartAsync(cancellationToken: Cancelled);
        second.Push("tracebloc/ingestor", "prod", "1");
        var elsewhere = Registry.ImageReference.Parse($"{second.Host}/tracebloc/ingestor:prod");
        TrackedImage[] images = [fixture.Restart(), fixture.SetImage(), fixture.SetEnv() with { Image = elsewhere }];
        await fixture.SeenAsync(images);
        second.ClearRequests();

        await fixture.TickAsync();

        Assert.Equal(5, fixture.Registry.Requests.Count + second.Requests.Count);
        Assert.Equal(2, fixture.Registry.Tokens.Requests.Count + second.Tokens.Requests.Count);
        Assert.All(
            fixture.Registry.Requests.Concat(second.Requests).Where(request => request.Repository != ""),
            request => Assert.Equal("HEAD", request.Method));
    }

    [Fact]
    public async Task An_image_that_two_workloads_follow_is_resolved_once()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Deployment("other"));
        var manager = fixture.Restart();
        TrackedImage[] images = [manager, fixture.Restart("proxy", "deployment/other") with { Image = manager.Image }];
        await fixture.SeenAsync(images);

        await fixture.TickAsync();

        Assert.Single(fixture.Registry.Requests, request => request.Method == "HEAD" && request.AuthKind == "Bearer");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dry_run_says_what_it_would_do_and_writes_nothing(bool seen)
    {
        await using var fixture = await StartAsync();
        if (seen)
            await fixture.SeenAsync(fixture.SetEnv());
        fixture.Track(fixture.SetEnv());
        fixture.Push("ingestor", "2");

        var report = await fixture.TickAsync(dryRun: true);

        Assert.Equal(seen ? Outcome.Refreshed : Outcome.Recorded, Assert.Single(report.Images).Outcome);
        Assert.True(report.DryRun);
        Assert.Empty(fixture.Api.Writes);
        fixture.AssertRollouts(0);
    }
}
