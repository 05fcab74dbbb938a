using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Another controller, as Argo CD with self-heal, puts its own value back each time.</summary>
public sealed class TickFightTests
{
    [Fact]
    public async Task A_value_put_back_after_each_tick_is_repaired_so_often_and_then_left_with_the_name_of_who_does_it()
    {
        await using var fixture = await StartAsync();
        var (image, foreign) = await RefreshedAsync(fixture);

        for (var tick = 0; tick < fixture.Configuration.MaxRefreshAttempts; tick++)
        {
            PutBack(fixture, foreign);
            Assert.Equal(Outcome.Repaired, Assert.Single((await fixture.TickThroughWaitsAsync()).Images).Outcome);
        }
        PutBack(fixture, foreign);
        fixture.Forget();
        var rollouts = fixture.Api.Rollouts(Acme).Count;

        await AssertLeftAloneAsync(fixture, times: 3);

        Assert.Equal(rollouts, fixture.Api.Rollouts(Acme).Count);
        Assert.Single(fixture.Api.Calls, call => call.IsWrite);
        Assert.Equal(ExitCodes.Frozen, (await fixture.StatusAsync()).ExitCode);
        Assert.Equal(image.Name, fixture.Configuration.Images[0].Name);
    }

    [Fact]
    public async Task An_image_put_back_after_each_tick_is_repaired_so_often_and_then_left()
    {
        await using var fixture = await StartAsync();
        var image = fixture.SetImage();
        await fixture.SeenAsync(image);
        var foreign = fixture.LiveImage();
        fixture.Push(image.Name, "2");
        Assert.Equal(Outcome.Refreshed, (await fixture.TickThroughWaitsAsync()).Images[0].Outcome);

        for (var tick = 0; tick < fixture.Configuration.MaxRefreshAttempts; tick++)
        {
            PutBackImage(fixture, foreign);
            Assert.Equal(Outcome.Repaired, (await fixture.TickThroughWaitsAsync()).Images[0].Outcome);
        }
        PutBackImage(fixture, foreign);

        await AssertLeftAloneAsync(fixture, times: 2);
        Assert.Equal(foreign, fixture.LiveImage());
    }

    [Fact]
    public async Task A_fight_ends_when_the_registry_serves_another_digest()
    {
        await using var fixture = await StartAsync();
        var (image, foreign) = await RefreshedAsync(fixture);
        await LoseAsync(fixture, foreign);

        var next = fixture.Push(image.Name, "3");
        await fixture.TickThroughWaitsAsync();

        Assert.Equal(next.ToString(), fixture.LiveVariable());
        fixture.AssertSettled(image.Name, next);
    }

    [Fact]
    public async Task A_fight_ends_when_the_value_is_set_right()
    {
        await using var fixture = await StartAsync();
        var (image, foreign) = await RefreshedAsync(fixture);
        await LoseAsync(fixture, foreign);

        var served = fixture.Push(image.Name, "2").ToString();
        PutBack(fixture, served);
        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal((Outcome.Unchanged, ExitCodes.Done), (report.Images[0].Outcome, report.ExitCode));
        Assert.Null(fixture.Record(image.Name).Undone);
    }

    [Fact]
    public async Task Repairs_that_lasted_until_the_next_tick_are_never_counted_together()
    {
        await using var fixture = await StartAsync();
        var (_, foreign) = await RefreshedAsync(fixture);

        for (var times = 0; times < 2 * fixture.Configuration.MaxRefreshAttempts; times++)
        {
            PutBack(fixture, foreign);
            Assert.Equal(Outcome.Repaired, (await fixture.TickThroughWaitsAsync()).Images[0].Outcome);
            Assert.Equal(Outcome.Unchanged, (await fixture.TickThroughWaitsAsync()).Images[0].Outcome);
        }
    }

    private static async Task<(TrackedImage Image, string Foreign)> RefreshedAsync(TickFixture fixture)
    {
        var image = fixture.SetEnv();
        var first = await fixture.SeenAsync(image);
        fixture.Push(image.Name, "2");
        Assert.Equal(Outcome.Refreshed, (await fixture.TickThroughWaitsAsync()).Images[0].Outcome);
        return (image, first.ToString());
    }

    private static async Task LoseAsync(TickFixture fixture, string foreign)
    {
        for (var tick = 0; tick <= fixture.Configuration.MaxRefreshAttempts; tick++)
        {
            PutBack(fixture, foreign);
            await fixture.TickThroughWaitsAsync();
        }
        await AssertLeftAloneAsync(fixture, times: 1);
    }

    private static async Task AssertLeftAloneAsync(TickFixture fixture, int times)
    {
        for (var tick = 0; tick < times; tick++)
        {
            var report = await fixture.TickThroughWaitsAsync();
            Assert.Equal((Outcome.GaveUp, ExitCodes.Frozen), (report.Images[0].Outcome, report.ExitCode));
            Assert.StartsWith(
                "given up after 3 rollouts that were undone in a row, until the value or the registry's digest changes;"
                + " last undone by ",
                report.Images[0].Message,
                StringComparison.Ordinal);
        }
    }

    private static void PutBackImage(TickFixture fixture, string? value) => fixture.Api.Edit(
        Acme,
        body => body["spec"]!["template"]!["spec"]!["containers"]!.AsArray()
            .Single(container => (string?)container!["name"] == "web")!["image"] = value);

    private static void PutBack(TickFixture fixture, string value) => fixture.Api.Edit(
        Acme,
        body => body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] = value);
}
