using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Registry;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class CredentialTests
{
    private const string Name = "acme-image-refresh";
    private const string Ecr = "1234.dkr.ecr.eu-central-1.amazonaws.com";

    [Fact]
    public async Task No_secret_is_read_by_default_and_nothing_is_asked_for_without_credentials()
    {
        var configuration = WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync());

        Assert.False(configuration.PullSecrets);
        Assert.Empty(configuration.Registries);
    }

    [Fact]
    public async Task The_secrets_that_are_named_may_be_read_and_the_service_accounts_that_carry_them()
    {
        var chart = await Chart.Client.RenderAsync("imageRefresh: {credentials: {pullSecrets: [harbor, ghcr]}}");

        Assert.True(WorkerConfiguration.ReadFrom(chart).PullSecrets);
        Assert.Equal(
            [
                "apps deployments acme-jobs-manager acme-requests-proxy get patch",
                " serviceaccounts acme-jobs-manager acme-requests-proxy get",
                " secrets harbor ghcr get",
            ],
            chart.RoleOf("Role", Name).Rules.Select(rule => $"{rule}"));
    }

    [Fact]
    public async Task The_service_accounts_are_those_that_the_workloads_run_under()
    {
        var chart = await Chart.Client.RenderAsync("imageRefresh: {credentials: {pullSecrets: [harbor]}}");
        var role = chart.RoleOf("Role", Name);

        Assert.All(WorkerConfiguration.ReadFrom(chart).Images, image =>
        {
            var account = chart.Deployment(image.Workload.Name).ServiceAccount;
            Assert.True(role.Allows("get", "", "serviceaccounts", account), account);
        });
    }

    [Fact]
    public async Task Auto_upgrade_may_write_the_role_that_reads_them()
    {
        var role = (await Chart.Client.RenderAsync("imageRefresh: {credentials: {pullSecrets: [harbor]}}"))
            .RoleOf("Role", "acme-auto-upgrade");

        Assert.True(role.Allows("get", "", "secrets", "harbor"));
        Assert.True(role.Allows("get", "", "serviceaccounts", "acme-jobs-manager"));
    }

    [Fact]
    public async Task A_helper_is_for_its_host_and_what_goes_without_is_every_registry()
    {
        var chart = await Chart.Client.RenderAsync(
            $"imageRefresh: {{credentials: {{anonymousRetry: true, helpers: {{{Ecr}: ecr-login}}}}}}");

        var registries = WorkerConfiguration.ReadFrom(chart).Registries;

        Assert.Equal([Ecr, "docker.io", "ghcr.io"], registries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new RegistryHostOptions { AnonymousRetry = true }, registries["ghcr.io"]);
        Assert.Equal(
            new RegistryHostOptions { AnonymousRetry = true, CredentialHelper = "ecr-login" }, registries[Ecr]);
    }

    [Fact]
    public async Task A_registry_with_nothing_of_its_own_is_not_named()
    {
        var chart = await Chart.Client.RenderAsync(
            $"imageRefresh: {{credentials: {{helpers: {{{Ecr}: ecr-login}}}}}}");

        Assert.Equal([Ecr], WorkerConfiguration.ReadFrom(chart).Registries.Keys);
    }
}
