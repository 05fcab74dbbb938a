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
    public async Task Runs_reach_what_they_need_and_nothing_else()
    {
        var policy = (await Chart.Client.RenderAsync()).Find("NetworkPolicy", "acme-ingestion-egress");

        Assert.Equal(
            ["53,53 in kube-system", "3306 of mysql-client", "8888 of requests-proxy"],
            policy.At("spec.egress").Items.Select(Describe));
        Assert.Equal(
            new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = "jobs-manager" },
            policy.At("spec.podSelector.matchLabels").Map);
        var label = Assert.Single(policy.At("spec.podSelector.matchExpressions").Items);
        Assert.Equal(("tracebloc.io/ingestion-run", "Exists"), (label["key"].Text, label["operator"].Text));
    }

    /// <summary>A policy sees the port of the DNS pod, which on OpenShift is another one than the Service's.</summary>
    [Theory]
    [InlineData("acme-ingestion-egress")]
    [InlineData("acme-jobs-manager-egress")]
    [InlineData("acme-training-egress")]
    public async Task On_OpenShift_dns_is_reached_by_the_port_of_its_pods(string name)
    {
        var chart = await Chart.Client.RenderAsync("networkPolicy: {training: {dnsNamespace: openshift-dns}}");

        Assert.Equal(
            "53,53,5353,5353 in openshift-dns",
            Describe(chart.Find("NetworkPolicy", name).At("spec.egress").Items[0]));
    }

    /// <summary>NodeLocal DNSCache has the network of its node, so no label of a pod finds it.</summary>
    [Theory]
    [InlineData("acme-ingestion-egress")]
    [InlineData("acme-jobs-manager-egress")]
    [InlineData("acme-training-egress")]
    public async Task Dns_is_reached_at_the_nodes_own_cache_too(string name)
    {
        var (own, given) = (await DnsAsync(""), await DnsAsync("[169.254.25.10/32, 10.96.0.10/32]"));

        Assert.Equal(["169.254.20.10/32"], own);
        Assert.Equal(["169.254.25.10/32", "10.96.0.10/32"], given);

        async Task<IEnumerable<string>> DnsAsync(string addresses)
        {
            var values = addresses == "" ? "" : $"networkPolicy: {{training: {{dnsCidrs: {addresses}}}}}";
            var rule = (await Chart.Client.RenderAsync(values)).Find("NetworkPolicy", name).At("spec.egress").Items[0];
            Assert.Equal(
                ["53 UDP", "53 TCP"],
                rule["ports"].Items.Select(port => $"{port["port"].Text} {port["protocol"].Text}"));
            return rule["to"].Items.Select(to => to.At("ipBlock.cidr").Text).Where(cidr => cidr != "");
        }
    }

    [Theory]
    [InlineData("", "443,6443,8443,16443 anywhere")]
    [InlineData("networkPolicy: {apiServerPorts: [6550]}", "443,6550 anywhere")]
    [InlineData("networkPolicy: {apiServerPorts: [6443, 443]}", "443,6443 anywhere")]
    [InlineData("networkPolicy: {apiServerPorts: []}", "443,6443,8443,16443 anywhere")]
    [InlineData(
        "env: {HTTP_PROXY_HOST: proxy.example.com, HTTP_PROXY_PORT: '3128'}", "443,6443,8443,16443,3128 anywhere")]
    public async Task Jobs_manager_reaches_the_database_and_the_ports_of_api_servers(string values, string ports)
    {
        var policy = (await Chart.Client.RenderAsync(values)).Find("NetworkPolicy", "acme-jobs-manager-egress");

        Assert.Equal("manager", policy.At("spec.podSelector.matchLabels.app").Text);
        Assert.Equal(["Egress"], policy.At("spec.policyTypes").Texts);
        Assert.Equal(
            ["53,53 in kube-system", "3306 of mysql-client", ports],
            policy.At("spec.egress").Items.Select(Describe));
    }

    /// <summary>
    /// A policy limits the pods that it selects, so it must not select those of an ingestor-job.yaml.
    /// </summary>
    [Theory]
    [InlineData("{app: ingestor}")]
    [InlineData("{app.kubernetes.io/managed-by: Helm, tracebloc.io/ingestion-run: a}")]
    [InlineData("{app.kubernetes.io/managed-by: jobs-manager}")]
    public async Task A_job_that_a_person_applies_reaches_the_backend_itself(string labels)
    {
        var pod = Node.Parse(labels).Map;
        var policies = (await Chart.Client.RenderAsync()).Manifests.Where(one => one.Kind == "NetworkPolicy");

        Assert.DoesNotContain(policies, policy => Selects(policy.At("spec.podSelector"), pod));
        Assert.True(Selects(
            (await Chart.Client.RenderAsync()).Find("NetworkPolicy", "acme-ingestion-egress").At("spec.podSelector"),
            Node.Parse("{app.kubernetes.io/managed-by: jobs-manager, tracebloc.io/ingestion-run: a}").Map));
    }

    [Theory]
    [InlineData("acme-training-egress")]
    [InlineData("acme-ingestion-egress")]
    public async Task Nobody_reaches_training_pods_and_runs(string name)
    {
        var policy = (await Chart.Client.RenderAsync()).Find("NetworkPolicy", name);

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

    private static bool Selects(Node selector, IReadOnlyDictionary<string, string> labels) =>
        selector["matchLabels"].Map.All(label => labels.GetValueOrDefault(label.Key) == label.Value)
        && selector["matchExpressions"].Items.All(one => labels.ContainsKey(one["key"].Text));

    private static string Describe(Node rule)
    {
        var (ports, to) = (string.Join(',', rule["ports"].Items.Select(port => port["port"].Text)),
            rule["to"].Items is [var first, ..] ? first : Node.Nothing);
        return to switch
        {
            _ when !to.Exists => $"{ports} anywhere",
            _ when to["ipBlock"].Exists => $"{ports} outside {string.Join(',', to.At("ipBlock.except").Texts)}",
            _ when to["namespaceSelector"].Exists =>
                $"{ports} in {to.At("namespaceSelector.matchLabels")["kubernetes.io/metadata.name"].Text}",
            _ => $"{ports} of {to.At("podSelector.matchLabels.app").Text}",
        };
    }
}
