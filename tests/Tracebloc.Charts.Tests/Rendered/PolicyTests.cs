using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class PolicyTests
{
    private const string Name = "acme-image-refresh";

    [Fact]
    public async Task No_image_is_held_back_by_default() => Assert.All(
        WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync()).Images,
        image => Assert.Equal((false, null, 0, null), (
            image.Gates.Hold, image.Gates.MinAge, image.Gates.Windows.Count, image.Gates.Platforms)));

    [Fact]
    public async Task A_gate_holds_back_every_image()
    {
        var chart = await Chart.Client.RenderAsync(
            """
            imageRefresh:
              policy:
                minAge: 6h
                windows: ["Mon-Fri 22:00-04:00 UTC"]
                platforms: [linux/arm64]
                ignoreOtherPlatforms: true
            """);

        Assert.All(WorkerConfiguration.ReadFrom(chart).Images, image =>
        {
            Assert.Equal(TimeSpan.FromHours(6), image.Gates.MinAge);
            Assert.Single(image.Gates.Windows);
            Assert.Equal("linux/arm64", $"{Assert.Single(image.Gates.Platforms?.Listed ?? [])}");
            Assert.True(image.Gates.Platforms?.IgnoresOthers);
        });
    }

    [Fact]
    public async Task Nodes_are_listed_only_for_a_gate_that_looks_at_them()
    {
        var rule = Assert.Single((await WithNodesAsync()).RoleOf("ClusterRole", Name).Rules);

        Assert.Equal("list nodes", $"{Assert.Single(rule.Verbs)} {Assert.Single(rule.Resources)}");
        Assert.False((await Chart.Client.RenderAsync()).Has("ClusterRole", Name));
    }

    [Fact]
    public async Task Auto_upgrade_may_write_the_role_that_lists_them() =>
        Assert.True((await WithNodesAsync()).RoleOf("ClusterRole", "acme-auto-upgrade")
            .Allows("patch", "rbac.authorization.k8s.io", "clusterroles", Name));

    [Fact]
    public async Task What_is_pinned_needs_no_nodes()
    {
        var pins = new Pins(Manager: true, Monitor: true, Proxy: true, Ingestor.Pinned);

        var chart = await Chart.Client.RenderAsync($"{pins.Values}\nimageRefresh: {{policy: {{platforms: nodes}}}}");

        Assert.False(chart.Has("ClusterRole", Name));
    }

    private static Task<Rendering> WithNodesAsync() =>
        Chart.Client.RenderAsync("imageRefresh: {policy: {platforms: nodes}}");
}
