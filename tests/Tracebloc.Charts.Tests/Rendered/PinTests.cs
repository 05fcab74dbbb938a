using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>
/// Which images are polled, for every combination of pins: the CronJob and all that belongs to it, the worker's
/// configuration, its Role and the Deployments give one and the same answer.
/// </summary>
public sealed class PinTests
{
    private static readonly bool[] Either = [false, true];

    /// <summary>Jobs-manager, pods monitor, requests-proxy pinned or not, and the three ways of the ingestor.</summary>
    public static TheoryData<Pins> Combinations =>
    [
        .. from manager in Either
           from monitor in Either
           from proxy in Either
           from ingestor in Enum.GetValues<Ingestor>()
           select new Pins(manager, monitor, proxy, ingestor),
    ];

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task What_is_not_pinned_is_polled(Pins pins)
    {
        var chart = await Chart.Client.RenderAsync(pins.Values);
        var polled = chart.From("image-refresh") is []
            ? []
            : WorkerConfiguration.ReadFrom(chart).Images.Select(image => image.Name);

        Assert.Equal(pins.Polled, polled);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task All_of_image_refresh_is_installed_or_nothing_of_it(Pins pins)
    {
        var chart = await Chart.Client.RenderAsync(pins.Values);

        Assert.Equal(
            pins.Polled is [] ? [] : ["ConfigMap", "CronJob", "Role", "RoleBinding", "ServiceAccount"],
            chart.From("image-refresh").Select(manifest => manifest.Kind).Order());
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_role_names_the_workloads_that_are_refreshed(Pins pins)
    {
        var chart = await Chart.Client.RenderAsync(pins.Values);
        var named = chart.Roles.Where(role => role.Name == "acme-image-refresh")
            .SelectMany(role => role.Rules)
            .SelectMany(rule => rule.Names);

        Assert.Equal(pins.Refreshed, named);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task What_is_pinned_runs_at_its_digest(Pins pins)
    {
        var chart = await Chart.Client.RenderAsync(pins.Values);
        var (manager, proxy) = (chart.Deployment("acme-jobs-manager"), chart.Deployment("acme-requests-proxy"));

        Assert.Equal(pins.Manager, IsPinned(manager.Container("api")));
        Assert.Equal(pins.Monitor, IsPinned(manager.Container("pods-monitor-container")));
        Assert.Equal(pins.Manager || pins.Proxy, IsPinned(proxy.Container("proxy")));
        Assert.Equal(
            pins.Ingestor == Ingestor.Pinned ? Pins.Digest : "",
            manager.Container("api").Value("INGESTOR_IMAGE_DIGEST"));
    }

    [Fact]
    public async Task Disabled_installs_nothing_of_it()
    {
        var chart = await Chart.Client.RenderAsync("imageRefresh: {enabled: false}");

        Assert.Empty(chart.From("image-refresh"));
    }

    private static bool IsPinned(Container container) =>
        container.Image.EndsWith($"@{Pins.Digest}", StringComparison.Ordinal);
}
