using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class MysqlTests
{
    [Fact]
    public async Task It_is_called_as_1x_called_it()
    {
        var chart = await Chart.Client.RenderAsync();

        Assert.All(["Deployment", "Service", "PodDisruptionBudget"],
            kind => Assert.True(chart.Has(kind, "mysql-client")));
        Assert.True(chart.Has("ConfigMap", "mysql-client-config"));
    }

    [Fact]
    public async Task Two_servers_never_share_its_files() =>
        Assert.Equal("Recreate", (await DeploymentAsync()).Spec.At("strategy.type").Text);

    [Fact]
    public async Task It_runs_as_the_owner_of_its_files()
    {
        var context = (await DeploymentAsync()).Pod["securityContext"];

        Assert.Equal(("999", "999"), (context["runAsUser"].Text, context["fsGroup"].Text));
    }

    [Fact]
    public async Task A_changed_configuration_is_a_changed_pod()
    {
        var chart = await Chart.Client.RenderAsync();
        var configuration = chart.Find("ConfigMap", "mysql-client-config")["data"]["mysql.cnf"].Text;

        Assert.Contains("max_allowed_packet", configuration);
        Assert.Matches("^[0-9a-f]{64}$",
            chart.Deployment("mysql-client").PodMetadata["annotations"]["checksum/config"].Text);
    }

    /// <summary>1.x had an empty tag for the chart's choice.</summary>
    [Theory]
    [InlineData("images: {mysqlClient: {tag: '', digest: ''}}", ":prod")]
    [InlineData("images: {mysqlClient: {tag: '8.0'}}", ":8.0")]
    [InlineData("images: {mysqlClient: {tag: '8.0', digest: '" + Pins.Digest + "'}}", "@" + Pins.Digest)]
    public async Task Its_digest_counts_before_its_tag(string values, string version) => Assert.Equal(
        $"docker.io/tracebloc/mysql-client{version}", (await DeploymentAsync(values)).Container("mysql-client").Image);

    [Fact]
    public async Task It_is_never_throttled() =>
        Assert.False((await DeploymentAsync()).Container("mysql-client")["resources"].At("limits.cpu").Exists);

    private static async Task<Workload> DeploymentAsync(string values = "") =>
        (await Chart.Client.RenderAsync(values)).Deployment("mysql-client");
}
