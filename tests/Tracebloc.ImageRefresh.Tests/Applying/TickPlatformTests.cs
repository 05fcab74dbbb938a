using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Applying;

public sealed class TickPlatformTests
{
    private static readonly (string, string) Amd64 = ("linux/amd64", "a1");
    private static readonly (string, string) Arm64 = ("linux/arm64", "b1");

    private static readonly GateOptions OnBoth = new() { Platforms = Listed("linux/amd64", "linux/arm64") };
    private static readonly GateOptions OnNodes = new() { Platforms = new() };
    private static readonly GateOptions OnAmd64Alone = new()
    {
        Platforms = Listed("linux/amd64") with { IgnoresOthers = true },
    };

    [Fact]
    public async Task A_complete_image_is_rolled_out_for_one_get_more()
    {
        await using var fixture = await SeenAsync(OnBoth);
        var digest = Push(fixture, Amd64, Arm64);

        Assert.Equal(ExitCodes.Done, (await fixture.TickAsync()).ExitCode);

        fixture.AssertSettled("manager", digest);
        Assert.Equal([$"GET {digest}"], Gets(fixture));
    }

    [Fact]
    public async Task An_image_that_lacks_a_platform_is_not_applied_and_turns_red_until_it_is_there()
    {
        await using var fixture = await SeenAsync(OnBoth);
        Push(fixture, Amd64);

        Assert.Equal([0, 0, ExitCodes.Registry, ExitCodes.Registry], await fixture.ExitCodesAsync(ticks: 4));
        fixture.AssertRollouts(0);
        var digest = Push(fixture, Amd64, Arm64);
        Assert.Equal([0], await fixture.ExitCodesAsync(ticks: 1));

        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task A_dry_run_says_so_and_writes_nothing()
    {
        await using var fixture = await SeenAsync(OnBoth);
        Push(fixture, Arm64);

        var report = await fixture.TickAsync(dryRun: true);

        Assert.Equal(Outcome.Incomplete, Assert.Single(report.Images).Outcome);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task Nothing_is_fetched_for_an_image_that_is_held()
    {
        await using var fixture = await SeenAsync(OnBoth with { Hold = true });
        Push(fixture, Amd64);

        await fixture.TickAsync();

        Assert.Empty(Gets(fixture));
    }

    [Fact]
    public async Task A_registry_that_hands_out_no_manifest_is_tolerated_and_counted_as_any_other()
    {
        await using var fixture = await SeenAsync(OnBoth);
        Push(fixture, Amd64, Arm64);
        fixture.Registry.When(request => request.Method == "GET", FakeReply.Of(503));

        Assert.Equal([0, 0, ExitCodes.Registry], await fixture.ExitCodesAsync(ticks: 3));

        fixture.AssertRollouts(0);
        Assert.Equal(3, fixture.Record("manager").Failures);
    }

    [Theory]
    [InlineData("linux/arm64", 0)]
    [InlineData("linux/amd64", 1)]
    public async Task The_nodes_say_which_platforms_are_wanted(string second, int rollouts)
    {
        await using var fixture = await SeenAsync(OnNodes);
        fixture.Api.Add(Manifests.Node("one", "linux/amd64"));
        fixture.Api.Add(Manifests.Node("two", second));
        Push(fixture, Amd64);

        await fixture.TickAsync();

        fixture.AssertRollouts(rollouts);
        Assert.Single(fixture.Api.Calls, call => call.ToString() == "list nodes");
    }

    [Fact]
    public async Task Nodes_that_may_not_be_read_stop_the_images_that_need_them_and_no_other()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart() with { Gates = OnNodes }, fixture.SetEnv());
        fixture.Api.Deny("list", "nodes");
        Push(fixture, Amd64);
        var ingestor = fixture.Push("ingestor", "2");

        var report = await fixture.TickAsync();

        Assert.Equal(ExitCodes.Kubernetes, report.ExitCode);
        Assert.Equal([Outcome.Unreachable, Outcome.Refreshed], report.Images.Select(image => image.Outcome));
        Assert.Contains("grant verb \"list\" on \"nodes\"", report.Images[0].Message, StringComparison.Ordinal);
        Assert.EndsWith("or list the platforms in place of nodes", report.Images[0].Message, StringComparison.Ordinal);
        fixture.AssertSettled("ingestor", ingestor);
    }

    [Fact]
    public async Task News_for_other_platforms_are_skipped_once_and_cost_nothing_from_then_on()
    {
        await using var fixture = await SeenAsync(OnAmd64Alone, Amd64, Arm64);
        var skipped = Push(fixture, Amd64, ("linux/arm64", "b2"));

        var report = await fixture.TickAsync();
        Assert.Equal(Outcome.Skipped, Assert.Single(report.Images).Outcome);
        Assert.Equal(skipped, fixture.Record("manager").Skipped);
        fixture.Forget();
        report = await fixture.TickAsync();

        Assert.Equal(Outcome.Unchanged, Assert.Single(report.Images).Outcome);
        Assert.Equal(["get deployments/acme"], fixture.Api.Calls.Select(call => call.ToString()));
        Assert.Empty(Gets(fixture));
        fixture.AssertRollouts(0);
    }

    [Fact]
    public async Task The_next_news_are_compared_with_what_was_skipped_last()
    {
        await using var fixture = await SeenAsync(OnAmd64Alone, Amd64, Arm64);
        var first = fixture.Record("manager").Settled;
        var second = Push(fixture, Amd64, ("linux/arm64", "b2"));
        await fixture.TickAsync();
        fixture.Registry.When(request => request.Reference == first?.ToString(), FakeReply.Of(404));

        Push(fixture, Amd64, ("linux/arm64", "b3"));
        await fixture.TickAsync();
        fixture.AssertRollouts(0);
        Assert.NotEqual(second, fixture.Record("manager").Skipped);
        var changed = Push(fixture, ("linux/amd64", "a2"), ("linux/arm64", "b3"));
        await fixture.TickAsync();

        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", changed);
    }

    [Fact]
    public async Task What_two_workloads_need_is_fetched_once()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Deployment("other"));
        fixture.Api.Add(Manifests.Node("one", "linux/amd64"));
        var manager = fixture.Restart() with { Gates = OnNodes };
        var same = fixture.Restart("proxy", "deployment/other") with { Gates = OnNodes, Image = manager.Image };
        await fixture.SeenAsync(manager, same);
        Push(fixture, Amd64);

        await fixture.TickAsync();

        Assert.Single(Gets(fixture));
        Assert.Single(fixture.Api.Calls, call => call.ToString() == "list nodes");
    }

    [Fact]
    public async Task With_every_option_and_nothing_to_do_a_tick_costs_what_it_costs_without()
    {
        var every = OnAmd64Alone with { MinAge = TimeSpan.FromHours(1), Windows = [Window("Sat 00:00-24:00 UTC")] };
        await using var fixture = await SeenAsync(every, Amd64);

        await fixture.TickAsync();

        Assert.Equal(["get deployments/acme"], fixture.Api.Calls.Select(call => call.ToString()));
        Assert.Equal(["HEAD", "HEAD"], fixture.Registry.Requests.Select(request => request.Method));
    }

    /// <summary>A settled image of these platforms, and what was asked for so far forgotten.</summary>
    private static async Task<TickFixture> SeenAsync(GateOptions gates, params (string, string)[] platforms)
    {
        var fixture = await StartAsync();
        var image = fixture.Restart() with { Gates = gates };
        fixture.Track(image);
        Push(fixture, platforms);
        await fixture.TickAsync();
        fixture.Forget();
        return fixture;
    }

    private static Digest Push(TickFixture fixture, params (string, string)[] platforms) =>
        Digest.Parse(fixture.Registry.Push("tracebloc/manager", "prod", FakeManifest.ForPlatforms(platforms)));

    private static IEnumerable<string> Gets(TickFixture fixture) => fixture.Registry.Requests
        .Where(request => request.Method == "GET")
        .Select(request => $"GET {request.Reference}");

    private static PlatformOptions Listed(params string[] platforms) => new()
    {
        Listed = [.. platforms.Select(text =>
            Platform.TryParse(text, out var platform, out var error) ? platform : throw new FormatException(error))],
    };

    private static RefreshWindow Window(string text) =>
        RefreshWindowParser.TryParse(text, out var window, out var error) ? window : throw new FormatException(error);
}
