using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>
/// OpenShift admits a pod under a constraint, and the default one (restricted-v2) only with a user ID out of the
/// namespace's range. https://docs.redhat.com/en/documentation/openshift_container_platform/, Managing security context
/// constraints.
/// </summary>
public sealed class OpenShiftTests
{
    private static readonly Release OpenShift = new() { ApiVersion = "security.openshift.io/v1" };

    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_pod_with_a_user_of_the_charts_choice_may_run_as_it(string example)
    {
        var chart = await Chart.Client.RenderAsync(
            OpenShift with { ValuesFile = Chart.Client.PathOf($"ci/{example}") });
        var accounts = chart.Workloads.Where(HasFixedUser).Select(workload => workload.ServiceAccount).Distinct();

        var binding = chart.Find("RoleBinding", "acme-nonroot");

        Assert.Equal(
            ("ClusterRole", "system:openshift:scc:nonroot-v2"),
            (binding.At("roleRef.kind").Text, binding.At("roleRef.name").Text));
        Assert.Equal(accounts.Order(), binding["subjects"].Items.Select(subject => subject["name"].Text).Order());
        Assert.All(binding["subjects"].Items, subject => Assert.Equal("tracebloc", subject["namespace"].Text));
    }

    /// <summary>Runs have the account default, so the user of the chart's choice would be refused there.</summary>
    [Theory]
    [InlineData("v1", "", "")]
    [InlineData("security.openshift.io/v1", "", "false")]
    [InlineData("security.openshift.io/v1", "ingestion: {fixedUser: true}", "")]
    [InlineData("v1", "ingestion: {fixedUser: false}", "false")]
    public async Task Runs_have_no_fixed_user_there_unless_the_values_say_so(string api, string values, string expected)
    {
        var chart = await Chart.Client.RenderAsync(new Release { ApiVersion = api, Values = values });

        Assert.Equal(expected, chart.Deployment("acme-jobs-manager").Container("api").Value("INGEST_FIXED_USER"));
    }

    [Fact]
    public async Task Elsewhere_there_is_no_such_binding()
    {
        var chart = await Chart.Client.RenderAsync();

        Assert.DoesNotContain("openshift", chart.Text);
    }

    /// <summary>RBAC lets an account grant only what it has.</summary>
    [Fact]
    public async Task Auto_upgrade_may_write_the_binding_there_and_needs_nothing_else()
    {
        var granted = RulesOf(await Chart.Client.RenderAsync(OpenShift));

        var added = granted.Except(RulesOf(await Chart.Client.RenderAsync()));

        Assert.Equal("security.openshift.io securitycontextconstraints nonroot-v2 use", Assert.Single(added));
    }

    private static List<string> RulesOf(Rendering chart) =>
        [.. chart.RoleOf("Role", "acme-auto-upgrade").Rules.Select(rule => $"{rule}")];

    private static bool HasFixedUser(Workload workload)
    {
        Node[] contexts =
            [workload.Pod["securityContext"], .. workload.AllContainers.Select(one => one["securityContext"])];
        return contexts.Any(context => context["runAsUser"].Exists || context["fsGroup"].Exists);
    }
}
