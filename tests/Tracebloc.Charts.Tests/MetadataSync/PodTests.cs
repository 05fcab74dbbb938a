using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Relations;
using Tracebloc.Charts.Tests.Security;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The pods: their limits, their files, and what belongs to them.</summary>
public sealed class PodTests
{
    public static TheoryData<string> Examples => [.. SyncChart.Chart.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_pod_keeps_the_restricted_profile_on_a_read_only_root(string example)
    {
        var chart = await SyncChart.Chart.RenderExampleAsync(example);

        Assert.Empty(PodSecurityRule.Restricted.SelectMany(rule => rule.Violations(chart.Workloads)));
        Assert.All(chart.Containers, container =>
        {
            Assert.Equal("true", container.Security("readOnlyRootFilesystem").Text);
            Assert.True(container["resources"].At("requests.cpu").Exists);
            Assert.True(container["resources"].At("requests.memory").Exists);
            Assert.True(container["resources"].At("limits.memory").Exists);
        });
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_objects_of_every_example_fit_together(string example)
    {
        var chart = await SyncChart.Chart.RenderExampleAsync(example);

        Assert.Empty(RelationRule.All.SelectMany(rule => rule.Violations(chart)));
    }

    /// <summary>Names of cluster roles may be longer.</summary>
    [Fact]
    public async Task The_longest_name_of_a_release_fits()
    {
        var chart = await SyncChart.Chart.RenderAsync(
            SyncChart.Release(SyncChart.Enabled) with { Name = new string('a', 53) });

        Assert.All(
            chart.Manifests.Where(manifest => !manifest.Kind.StartsWith("ClusterRole", StringComparison.Ordinal)),
            manifest => Assert.InRange(manifest.Name.Length, 1, 63));
    }

    [Fact]
    public async Task Two_pods_run_the_program_and_are_probed()
    {
        var deployment = (await SyncChart.RenderAsync()).Deployment("acme");
        var program = deployment.Container("metadata-sync");

        Assert.Equal("2", deployment.Spec["replicas"].Text);
        Assert.Equal(
            [
                "run", "--config=/etc/metadata-sync/config.yaml", "--listen=[::]:8080",
                "--lease-namespace=tracebloc", "--lease-name=acme",
            ],
            program.Arguments);
        Assert.Equal(("/healthz", "/readyz"), (program.Probed("livenessProbe"), program.Probed("readinessProbe")));
        Assert.Equal("8080", Assert.Single(program.Ports)["containerPort"].Text);
    }

    [Fact]
    public async Task Disabled_it_needs_no_secret_and_no_migration()
    {
        var chart = await SyncChart.RenderAsync();

        Assert.DoesNotContain(chart.Manifests, manifest => manifest.Kind is "Secret" or "Job");
        Assert.DoesNotContain("secret:", chart.Find("Deployment", "acme").Text);
    }

    [Theory]
    [InlineData("api-values.yaml", "metadata-sync-mysql", "password")]
    [InlineData("everything-values.yaml", "mirror", "mysql")]
    [InlineData("former-values.yaml", "acme", "password")]
    public async Task The_password_is_a_file_of_a_secret(string example, string secret, string key)
    {
        var chart = await SyncChart.Chart.RenderExampleAsync(example);

        var file = Sources(chart.Deployment("acme")).First(source => source["secret"].Exists)["secret"];
        Assert.Equal(secret, file["name"].Text);
        Assert.Equal(
            $"{{\"key\": \"{key}\", \"path\": \"mysql/password\"}}", Assert.Single(file["items"].Items).Json);
    }

    [Fact]
    public async Task A_password_of_the_values_is_in_secrets_alone()
    {
        var chart = await SyncChart.RenderAsync(
            """
            metadataStorage: {enableMetadataStorage: true}
            mysql: {host: mysql, user: mirror, database: michelangelo, password: hunter2}
            """);

        Assert.Equal(
            ["acme", "acme-migrate"],
            chart.Manifests.Where(manifest => manifest.Kind == "Secret").Select(manifest => manifest.Name).Order());
        Assert.DoesNotContain("hunter2", chart.Text);
        Assert.Equal("aHVudGVyMg==", chart.Find("Secret", "acme")["data"]["password"].Text);
    }

    [Fact]
    public async Task The_query_api_has_its_port_its_certificate_and_its_service()
    {
        var chart = await SyncChart.Chart.RenderExampleAsync("api-values.yaml");

        Assert.Subset(
            SyncChart.ProgramIn(chart).Arguments.ToHashSet(),
            new HashSet<string>
            {
                "--listen-api=[::]:8443", "--tls-cert=/etc/metadata-sync/tls/tls.crt",
                "--tls-key=/etc/metadata-sync/tls/tls.key",
            });
        Assert.Contains(
            Sources(chart.Deployment("acme")), source => source.At("secret.name").Text == "metadata-sync-tls");
        Assert.Contains(
            chart.Find("Service", "acme").At("spec.ports").Items,
            port => (port["name"].Text, port["port"].Text) == ("https", "443"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("replicas: 1\n", false)]
    [InlineData("podDisruptionBudget: {create: false}\n", false)]
    public async Task A_drain_leaves_one_pod_where_there_are_two(string values, bool isMade) =>
        Assert.Equal(isMade, (await SyncChart.RenderAsync(values)).Has("PodDisruptionBudget", "acme"));

    [Theory]
    [InlineData("v1", "", false)]
    [InlineData("monitoring.coreos.com/v1/ServiceMonitor", "", true)]
    [InlineData("monitoring.coreos.com/v1/ServiceMonitor", "serviceMonitor: {create: false}", false)]
    public async Task The_metrics_are_collected_where_the_cluster_can(string served, string values, bool isMade)
    {
        var chart = await SyncChart.Chart.RenderAsync(SyncChart.Release(values) with { ApiVersion = served });

        Assert.Equal(isMade, chart.Has("ServiceMonitor", "acme"));
        if (!isMade) return;
        var monitor = chart.Find("ServiceMonitor", "acme");
        Assert.Subset(
            chart.Find("Service", "acme").Labels.ToHashSet(), monitor.At("spec.selector.matchLabels").Map.ToHashSet());
        Assert.Equal(("http", "/metrics"), (Endpoint("port"), Endpoint("path")));

        string Endpoint(string key) => Assert.Single(monitor.At("spec.endpoints").Items)[key].Text;
    }

    private static IReadOnlyList<Node> Sources(Workload workload) =>
        Assert.Single(workload.Volumes).At("projected.sources").Items;
}
