using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The connections that the pods make and accept.</summary>
public sealed class NetworkTests
{
    [Fact]
    public async Task The_pods_reach_dns_mysql_and_the_api_server_alone() => Assert.Equal(
        ["53 53", "3306", "443 6443 8443 16443"], PortsOf(await PolicyAsync("acme"), "egress"));

    [Fact]
    public async Task The_migration_reaches_dns_and_mysql_alone_and_accepts_no_connection()
    {
        var policy = await PolicyAsync("acme-migrate");

        Assert.Equal(["53 53", "3306"], PortsOf(policy, "egress"));
        Assert.Empty(PortsOf(policy, "ingress"));
        Assert.Contains("Ingress", policy.At("spec.policyTypes").Texts);
    }

    [Theory]
    [InlineData("", "8080")]
    [InlineData("api: {enabled: true, tlsSecret: tls}\n", "8080 8443")]
    public async Task The_ports_of_the_pods_are_open(string values, string ports) =>
        Assert.Equal([ports], PortsOf(await PolicyAsync("acme", values), "ingress"));

    [Fact]
    public async Task Values_name_the_peers()
    {
        var policy = (await SyncChart.Chart.RenderExampleAsync("everything-values.yaml"))
            .Find("NetworkPolicy", "acme");

        Assert.Equal(["53 53 5353 5353", "3307", "6443"], PortsOf(policy, "egress"));
        Assert.Contains("\"app\": \"mysql\"", policy.At("spec.egress").Json);
        Assert.Contains("\"kubernetes.io/metadata.name\": \"monitoring\"", policy.At("spec.ingress").Json);
    }

    [Fact]
    public async Task Without_a_server_nothing_leads_to_one() => Assert.Equal(
        ["53 53", "443 6443 8443 16443"],
        PortsOf((await SyncChart.RenderAsync()).Find("NetworkPolicy", "acme"), "egress"));

    [Fact]
    public async Task It_can_be_left_out() => Assert.DoesNotContain(
        (await SyncChart.RenderEnabledAsync("networkPolicy: {enabled: false}\n")).Manifests,
        manifest => manifest.Kind == "NetworkPolicy");

    [Theory]
    [InlineData("acme", "controller")]
    [InlineData("acme-migrate", "migration")]
    public async Task A_policy_is_for_its_pods(string name, string component)
    {
        var chart = await SyncChart.RenderEnabledAsync();

        var selected = chart.Find("NetworkPolicy", name).At("spec.podSelector.matchLabels").Map;
        Assert.Equal(component, selected["app.kubernetes.io/component"]);
        Assert.Single(
            chart.Workloads, workload => workload.PodMetadata["labels"].Map.ToHashSet().IsSupersetOf(selected));
    }

    private static async Task<Manifest> PolicyAsync(string name, string values = "") =>
        (await SyncChart.RenderEnabledAsync(values)).Find("NetworkPolicy", name);

    private static IEnumerable<string> PortsOf(Manifest policy, string direction) =>
        policy.At($"spec.{direction}").Items.Select(
            rule => string.Join(' ', rule["ports"].Items.Select(port => port["port"].Text)));
}
