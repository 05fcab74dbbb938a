using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The permissions of the program: its calls, and nothing else.</summary>
public sealed class RightsTests
{
    private const string ClusterRole = "metadata-sync:tracebloc:acme";

    [Fact]
    public async Task It_may_work_on_the_platforms_kinds_and_make_events()
    {
        var role = (await SyncChart.RenderEnabledAsync()).RoleOf("ClusterRole", ClusterRole);

        Assert.Collection(
            role.Rules,
            kinds =>
            {
                Assert.Equal(KindTable.All.Select(kind => kind.Group).Distinct(), kinds.Groups);
                Assert.Equal(KindTable.All.Select(kind => kind.Plural).Order(StringComparer.Ordinal), kinds.Resources);
                Assert.Equal(["get", "list", "watch", "patch", "delete"], kinds.Verbs);
            },
            events => Assert.Equal($"{KubernetesEvent.Type.Group} events create patch", events.ToString()));
    }

    [Fact]
    public async Task A_kind_of_the_values_is_one_more()
    {
        var role = (await SyncChart.RenderEnabledAsync(
            """
            kinds:
              - {kind: Experiment, plural: experiments, group: ml.example.com, version: v1}
              - {kind: Trial, plural: trials, group: ml.example.com, version: v1}
              - {kind: Feature, plural: features, group: michelangelo.api, version: v2}
              - {kind: PipelineRun, immutable: true}
            """)).RoleOf("ClusterRole", ClusterRole);

        Assert.Equal(
            ["experiments", "trials"],
            Assert.Single(role.Rules, rule => rule.Groups.Contains("ml.example.com")).Resources);
        Assert.True(role.Allows("watch", "michelangelo.api", "features"));
        Assert.True(role.Allows("watch", "michelangelo.api", "pipelineruns"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("api: {enabled: true, tlsSecret: tls}\n", true)]
    public async Task It_reviews_callers_where_it_serves_them(string values, bool isAllowed)
    {
        var role = (await SyncChart.RenderEnabledAsync(values)).RoleOf("ClusterRole", ClusterRole);

        Assert.Equal(isAllowed, role.Allows("create", "authentication.k8s.io", "tokenreviews"));
        Assert.Equal(isAllowed, role.Allows("create", "authorization.k8s.io", "subjectaccessreviews"));
    }

    [Fact]
    public async Task In_its_namespace_it_holds_its_own_lease()
    {
        var chart = await SyncChart.RenderEnabledAsync();

        Assert.Equal(
            ["coordination.k8s.io leases create", "coordination.k8s.io leases acme get patch"],
            chart.RoleOf("Role", "acme").Rules.Select(rule => rule.ToString()));
        Assert.Contains("--lease-name=acme", SyncChart.ProgramIn(chart).Arguments);
        Assert.Contains("--lease-namespace=tracebloc", SyncChart.ProgramIn(chart).Arguments);
    }

    [Theory]
    [InlineData("ClusterRoleBinding", ClusterRole)]
    [InlineData("RoleBinding", "acme")]
    public async Task The_account_that_runs_it_has_them(string kind, string name)
    {
        var chart = await SyncChart.RenderEnabledAsync();

        var binding = chart.Find(kind, name);
        Assert.Equal(
            "{\"kind\": \"ServiceAccount\", \"name\": \"acme\", \"namespace\": \"tracebloc\"}",
            Assert.Single(binding["subjects"].Items).Json);
        Assert.Equal(
            $"{kind.Replace("Binding", "")}/{name}",
            $"{binding.At("roleRef.kind").Text}/{binding.At("roleRef.name").Text}");
        Assert.Equal("acme", chart.Deployment("acme").ServiceAccount);
        Assert.True(chart.Has("ServiceAccount", "acme"));
    }

    [Fact]
    public async Task The_migration_asks_the_api_server_nothing() => Assert.Equal(
        "false",
        new Workload((await SyncChart.RenderEnabledAsync()).Find("Job", "acme-migrate"))
            .Pod["automountServiceAccountToken"].Text);

    [Fact]
    public async Task Two_releases_of_a_cluster_have_no_object_in_common()
    {
        var one = await SyncChart.RenderEnabledAsync();
        var other = await SyncChart.Chart.RenderAsync(
            SyncChart.Release(SyncChart.Enabled) with { Namespace = "elsewhere" });

        Assert.Empty(one.Manifests.Select(Identity).Intersect(other.Manifests.Select(Identity)));
    }

    private static string Identity(Manifest manifest) => $"{manifest.Namespace} {manifest.Id}";
}
