using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class NetworkPolicyTests
{
    [Fact]
    public async Task Training_pods_reach_what_they_need_and_https_outside_the_cluster() => Assert.Equal(
        ["53,53 in kube-system", "443 outside 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16",
            "3306 of mysql-client", "8888 of requests-proxy"],
        (await TrainingAsync()).Select(Describe));

    [Fact]
    public async Task Nobody_reaches_training_pods()
    {
        var policy = (await Chart.Client.RenderAsync()).Find("NetworkPolicy", "acme-training-egress");

        Assert.Equal(["Ingress", "Egress"], policy.At("spec.policyTypes").Texts);
        Assert.Empty(policy.At("spec.ingress").Items);
    }

    [Fact]
    public async Task Https_outside_can_be_taken_away() => Assert.DoesNotContain(
        await TrainingAsync("networkPolicy: {training: {allowExternalHttps: false}}"),
        rule => Describe(rule).StartsWith("443", StringComparison.Ordinal));

    /// <summary>Before Kubernetes 1.21 no label says a namespace's name.</summary>
    [Fact]
    public async Task Where_namespaces_have_no_label_dns_is_known_by_its_pods()
    {
        var chart = await Chart.Client.RenderAsync(new Release { KubeVersion = "1.20.2" });
        var dns = chart.Find("NetworkPolicy", "acme-training-egress").At("spec.egress").Items[0]["to"].Items[0];

        Assert.Empty(dns["namespaceSelector"].Entries);
        Assert.Equal("kube-dns", dns.At("podSelector.matchLabels")["k8s-app"].Text);
    }

    [Theory]
    [InlineData("acme-mysql-ingress", "mysql-client", "3306", false)]
    [InlineData("acme-requests-proxy-ingress", "requests-proxy", "8888", false)]
    [InlineData("acme-jobs-manager-ingress", "manager", "8080", true)]
    public async Task A_component_accepts_only_what_it_serves(string name, string app, string port, bool fromAnywhere)
    {
        var policy = (await Chart.Client.RenderAsync()).Find("NetworkPolicy", name);
        var rule = Assert.Single(policy.At("spec.ingress").Items);

        Assert.Equal(app, policy.At("spec.podSelector.matchLabels.app").Text);
        Assert.Equal(port, Assert.Single(rule["ports"].Items)["port"].Text);
        Assert.Equal(fromAnywhere, !rule["from"].Exists);
    }

    private static async Task<IReadOnlyList<Node>> TrainingAsync(string values = "") =>
        (await Chart.Client.RenderAsync(values)).Find("NetworkPolicy", "acme-training-egress").At("spec.egress").Items;

    private static string Describe(Node rule)
    {
        var (ports, to) = (string.Join(',', rule["ports"].Items.Select(port => port["port"].Text)),
            rule["to"].Items[0]);
        return to switch
        {
            _ when to["ipBlock"].Exists => $"{ports} outside {string.Join(',', to.At("ipBlock.except").Texts)}",
            _ when to["namespaceSelector"].Exists =>
                $"{ports} in {to.At("namespaceSelector.matchLabels")["kubernetes.io/metadata.name"].Text}",
            _ => $"{ports} of {to.At("podSelector.matchLabels.app").Text}",
        };
    }
}
