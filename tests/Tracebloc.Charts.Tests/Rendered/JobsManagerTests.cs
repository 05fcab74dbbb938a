using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class JobsManagerTests
{
    [Fact]
    public async Task It_has_the_containers_that_customers_know() => Assert.Equal(
        ["api", "pods-monitor-container"],
        (await DeploymentAsync()).MainContainers.Select(container => container.Name));

    [Fact]
    public async Task No_second_pod_waits_beside_it_for_its_volumes() =>
        Assert.Equal("Recreate", (await DeploymentAsync()).Spec.At("strategy.type").Text);

    [Fact]
    public async Task It_is_reached_as_jobs_manager_on_8080()
    {
        var service = (await Chart.Client.RenderAsync()).Find("Service", "jobs-manager");

        Assert.Equal("8080", Assert.Single(service.At("spec.ports").Items)["port"].Text);
    }

    [Fact]
    public async Task Without_http_it_is_ready_without_being_asked()
    {
        Assert.True((await ApiAsync())["readinessProbe"].Exists);
        Assert.False((await ApiAsync("env: {INGESTION_HTTP_DISABLED: '1'}"))["readinessProbe"].Exists);
    }

    [Fact]
    public async Task Until_image_refresh_has_looked_it_knows_the_floating_tag_and_no_digest()
    {
        var api = await ApiAsync();

        Assert.Equal("ghcr.io/tracebloc/ingestor", api.Value("INGESTOR_IMAGE_REPOSITORY"));
        Assert.Equal("prod", api.Value("INGESTOR_IMAGE_TAG"));
        Assert.Equal("", api.Value("INGESTOR_IMAGE_DIGEST"));
        Assert.True(api.Variable("INGESTOR_IMAGE_DIGEST").Exists);
    }

    [Theory]
    [InlineData("CLIENT_ID")]
    [InlineData("CLIENT_PASSWORD")]
    [InlineData("POD_TOKEN_SIGNING_SECRET")]
    public async Task Secrets_come_by_reference(string variable)
    {
        var own = (await ApiAsync()).Variable(variable).At("valueFrom.secretKeyRef");
        var given = (await ApiAsync(
            "{existingSecret: tracebloc-client, clientId: '', clientPassword: '', podTokenSigningSecret: ''}"))
            .Variable(variable).At("valueFrom.secretKeyRef");

        Assert.Equal(("acme-secrets", variable), (own["name"].Text, own["key"].Text));
        Assert.Equal(("tracebloc-client", variable), (given["name"].Text, given["key"].Text));
    }

    /// <summary>The names that its program reads, unchanged since 1.x.</summary>
    [Theory]
    [InlineData("CLIENT_ENV", "prod")]
    [InlineData("CLIENT_PVC", "client-pvc")]
    [InlineData("CLIENT_LOGS_PVC", "client-logs-pvc")]
    [InlineData("MYSQL_HOST", "mysql-client")]
    [InlineData("REQUESTS_PROXY_URL", "http://requests-proxy-service:8888")]
    [InlineData("JOB_IMAGE_HOST", "docker.io/")]
    [InlineData("POD_TOKEN_TTL_SECONDS", "604800")]
    [InlineData("SINGLE_NODE", "false")]
    [InlineData("RUNTIME_CLASS_NAME", "")]
    public async Task It_is_told_what_its_program_asks_for(string variable, string value)
    {
        var api = await ApiAsync();

        Assert.True(api.Variable(variable).Exists);
        Assert.Equal(value, api.Value(variable));
    }

    [Fact]
    public async Task A_variable_that_the_chart_does_not_know_is_passed_on() => Assert.Equal(
        "nvidia.com/gpu=1", (await ApiAsync("env: {GPU_REQUESTS: nvidia.com/gpu=1}")).Value("GPU_REQUESTS"));

    /// <summary>Of two entries with one name Kubernetes takes the last.</summary>
    [Theory]
    [InlineData("MYSQL_HOST", "mysql-client")]
    [InlineData("INGESTOR_IMAGE_DIGEST", "")]
    public async Task A_variable_of_the_operators_never_undoes_one_of_the_charts(string variable, string value)
    {
        var api = await ApiAsync($"env: {{{variable}: mine}}");

        Assert.Equal(value, api.Value(variable));
        Assert.Single(api.Env, entry => entry["name"].Text == variable);
    }

    [Fact]
    public async Task It_is_told_the_pull_secret_for_the_jobs_that_it_starts() => Assert.Equal(
        "harbor-pull",
        (await ApiAsync("dockerRegistry: {existingSecret: harbor-pull}")).Value("IMAGE_PULL_SECRET_NAME"));

    [Fact]
    public async Task Resources_are_laid_over_the_charts_own()
    {
        var resources = (await ApiAsync("resources: {jobsManager: {limits: {memory: 2Gi}}}"))["resources"];

        Assert.Equal(("2Gi", "1"), (resources.At("limits.memory").Text, resources.At("limits.cpu").Text));
        Assert.Equal("250m", resources.At("requests.cpu").Text);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("env: {SINGLE_NODE: 'true'}", false)]
    [InlineData("hostPath: {enabled: true}", false)]
    [InlineData("{env: {SINGLE_NODE: 'true'}, podDisruptionBudget: {jobsManager: {create: true}}}", true)]
    [InlineData("podDisruptionBudget: {jobsManager: {create: false}}", false)]
    public async Task An_eviction_waits_for_it_except_where_a_drain_would_never_end(string values, bool isProtected) =>
        Assert.Equal(
            isProtected, (await Chart.Client.RenderAsync(values)).Has("PodDisruptionBudget", "acme-jobs-manager"));

    private static async Task<Workload> DeploymentAsync(string values = "") =>
        (await Chart.Client.RenderAsync(values)).Deployment("acme-jobs-manager");

    private static async Task<Container> ApiAsync(string values = "") =>
        (await DeploymentAsync(values)).Container("api");
}
