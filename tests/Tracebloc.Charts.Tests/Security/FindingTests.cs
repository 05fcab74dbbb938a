using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Rendered;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>The chart's promises about signatures, auto-upgrade and the network, each by its own claim.</summary>
public sealed partial class FindingTests
{
    /// <summary>A restart pulls the tag, which may refer to something else by then: finding 7.</summary>
    [Theory]
    [InlineData(VerificationTests.ByKey)]
    [InlineData(VerificationTests.ByIdentity)]
    [Trait("Finding", "7")]
    public async Task Every_verified_image_is_held_by_its_digest(string values)
    {
        var chart = await Chart.Client.RenderAsync(values);
        var actions = WorkerConfiguration.ReadFrom(chart).Images.Select(image => (image.Workload.Name, image.Action));

        Assert.Equal(
            [
                ("acme-jobs-manager", new RefreshAction.SetImage("api")),
                ("acme-jobs-manager", new RefreshAction.SetImage("pods-monitor-container")),
                ("acme-requests-proxy", new RefreshAction.SetImage("proxy")),
                ("acme-jobs-manager", new RefreshAction.SetEnv("api", "INGESTOR_IMAGE_DIGEST")),
            ],
            actions);
    }

    /// <summary>A proxy would get the metrics, and could not reach the collector: finding 18.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("values.yaml")]
    [InlineData("ci/cloud-values.yaml")]
    [Trait("Finding", "18")]
    public async Task The_readmes_collector_is_reached_directly(string file)
    {
        var refresh = (await Chart.Client.RenderExampleAsync("proxy-values.yaml"))
            .CronJob("acme-image-refresh").Container("refresh");
        var proxy = ProxySettings.FromEnvironment(
            name => name == "NO_PROXY" ? refresh.Value(name) : "http://proxy.example.com:3128");
        var named = Collector().Matches(Chart.Client.Read(file)).Select(match => new Uri(match.Value)).ToList();

        Assert.NotNull(proxy);
        Assert.NotEmpty(named);
        Assert.All(named, collector => Assert.Null(proxy.GetProxy(collector)));
        Assert.NotNull(proxy.GetProxy(new Uri("http://otel-collector.monitoring:4318")));
    }

    /// <summary>Clouds serve the node's credentials at 169.254.169.254: finding 20f.</summary>
    [Theory]
    [InlineData("", 4)]
    [InlineData("networkPolicy: {training: {clusterCidrs: [100.64.0.0/10]}}", 2)]
    [InlineData("networkPolicy: {training: {clusterCidrs: [169.254.0.0/16, 10.0.0.0/8]}}", 2)]
    [Trait("Finding", "20")]
    public async Task Metadata_addresses_are_never_outside(string values, int networks)
    {
        var policy = (await Chart.Client.RenderAsync(values)).Find("NetworkPolicy", "acme-training-egress");
        var outside = policy.At("spec.egress").Items.SelectMany(rule => rule["to"].Items)
            .Single(to => to.At("ipBlock.except").Exists).At("ipBlock.except").Texts;

        Assert.Contains("169.254.0.0/16", outside);
        Assert.Equal(networks, outside.Count);
    }

    /// <summary>Anyone on the way could replace the chart: finding 8.</summary>
    [Theory]
    [InlineData("http://charts.example.com/client", false)]
    [InlineData("http://127.0.0.1.example.com/client", false)]
    [InlineData("http://10.0.0.7:8080", false)]
    [InlineData("http://127.0.0.1:8080/client", true)]
    [InlineData("http://localhost", true)]
    [InlineData("https://charts.example.com/client", true)]
    [Trait("Finding", "8")]
    public async Task Plain_http_is_refused_without_a_keyring(string repository, bool isTaken)
    {
        var values = $"autoUpgrade: {{repoUrl: '{repository}'";
        string[] given = [$"{values}}}", $"{values}, verify: false}}"];

        foreach (var one in given)
            if (isTaken)
                Assert.NotEmpty((await Chart.Client.RenderAsync(one)).Manifests);
            else
                Assert.Contains("autoUpgrade.repoUrl is plain HTTP", await Chart.Client.RefusalAsync(one));
        Assert.NotEmpty((await Chart.Client.RenderAsync($"{values}, keyringSecret: keys}}")).Manifests);
        Assert.NotEmpty((await Chart.Client.RenderAsync($"{values}, enabled: false}}")).Manifests);
    }

    [Fact]
    [Trait("Finding", "8")]
    public async Task A_signed_chart_may_come_by_plain_http()
    {
        using var signed = new SignedChart();

        Assert.NotEmpty((await signed.Chart.RenderAsync("autoUpgrade: {repoUrl: 'http://a.example'}")).Manifests);
        Assert.Contains(
            "is plain HTTP",
            await signed.Chart.RefusalAsync("autoUpgrade: {repoUrl: 'http://a.example', verify: false}"));
    }

    [GeneratedRegex(@"http://otel-collector[\w.-]*:\d+")]
    private static partial Regex Collector();
}
