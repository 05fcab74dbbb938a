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
    public async Task It_serves_and_is_probed_by_http()
    {
        var api = await ApiAsync();

        Assert.Equal(["serve"], api.Arguments);
        Assert.Equal("0.0.0.0:8080", api.Value("LISTEN"));
        Assert.Equal("/healthz", api.Probed("livenessProbe"));
        Assert.Equal("/readyz", api.Probed("readinessProbe"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("env: {CLIENT_ID: edge-18, CLIENT_PASSWORD: another-password}")]
    public async Task It_never_has_the_clients_credentials(string values)
    {
        var api = await ApiAsync(values);

        Assert.False(api.Variable("CLIENT_PASSWORD").Exists);
        Assert.False(api.Variable("CLIENT_ID").Exists);
        Assert.True((await DeploymentAsync(values)).Container("pods-monitor-container")
            .Variable("CLIENT_PASSWORD").At("valueFrom.secretKeyRef").Exists);
    }

    /// <summary>
    /// The claim is made all the same: where a volume waits for its first consumer helm would wait too.
    /// </summary>
    [Fact]
    public async Task It_sees_no_data_set_and_names_their_claim()
    {
        var deployment = await DeploymentAsync();
        var data = deployment.Volumes.Single(
            volume => volume.At("persistentVolumeClaim.claimName").Text == "client-pvc");

        Assert.DoesNotContain(
            deployment.AllContainers.SelectMany(container => container.Mounts),
            mount => mount["name"].Text == data["name"].Text);
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
    [InlineData("POD_TOKEN_SIGNING_SECRET", "acme-secrets", "tracebloc-client", "POD_TOKEN_SIGNING_SECRET")]
    [InlineData("DB_USER", "acme-db", "tracebloc-db", "JOBS_MANAGER_DB_USER")]
    [InlineData("DB_PASSWORD", "acme-db", "tracebloc-db", "JOBS_MANAGER_DB_PASSWORD")]
    public async Task Secrets_come_by_reference(string variable, string secret, string operators, string key)
    {
        var own = (await ApiAsync()).Variable(variable).At("valueFrom.secretKeyRef");
        var given = (await ApiAsync(
            "{existingSecret: tracebloc-client, clientId: '', clientPassword: '', podTokenSigningSecret: '', "
            + "database: {existingSecret: tracebloc-db}}"))
            .Variable(variable).At("valueFrom.secretKeyRef");

        Assert.Equal((secret, key), (own["name"].Text, own["key"].Text));
        Assert.Equal((operators, key), (given["name"].Text, given["key"].Text));
    }

    [Theory]
    [InlineData("CLIENT_ENV", "prod")]
    [InlineData("MYSQL_HOST", "mysql-client")]
    [InlineData("MYSQL_PORT", "3306")]
    [InlineData("DB_NAME", "metadata")]
    [InlineData("POD_TOKEN_TTL_SECONDS", "604800")]
    [InlineData("REQUESTS_PROXY_URL", "http://requests-proxy-service:8888")]
    [InlineData("INGESTION_AUTHZ", "/etc/tracebloc/ingestion-authz.yaml")]
    [InlineData("CLIENT_PVC", "client-pvc")]
    [InlineData("INGEST_DB_SECRET", "acme-db")]
    [InlineData("INGEST_REQUESTS", "cpu=250m,memory=512Mi")]
    [InlineData("INGEST_LIMITS", "cpu=2,memory=1Gi")]
    [InlineData("JOB_IMAGE_HOST", "docker.io/")]
    public async Task It_is_told_what_its_program_asks_for(string variable, string value) =>
        Assert.Equal(value, (await ApiAsync()).Value(variable));

    /// <summary>The names that its program reads: an operator's variable neither adds to them nor undoes one.</summary>
    [Fact]
    public async Task Its_environment_is_what_its_program_reads()
    {
        const string Values =
            """
            env:
              {RUNTIME_CLASS_NAME: kata, HOST_UID: '1007', HOST_GID: '1008', RUNS_KEEP: '50', RUNS_KEEP_DAYS: '7',
              LOG_LEVEL: Debug, MYSQL_HOST: mine, INGESTOR_IMAGE_DIGEST: mine, GPU_REQUESTS: nvidia.com/gpu=1}
            ingestion: {nodeSelector: {disktype: ssd, zone: a}}
            dockerRegistry: {existingSecret: harbor-pull}
            """;
        var api = await ApiAsync(Values);

        Assert.Equal(
            [
                "LISTEN", "CLIENT_ENV", "MYSQL_HOST", "MYSQL_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD",
                "POD_TOKEN_SIGNING_SECRET", "POD_TOKEN_TTL_SECONDS", "REQUESTS_PROXY_URL", "INGESTION_AUTHZ",
                "CLIENT_PVC", "INGEST_DB_SECRET", "INGEST_REQUESTS", "INGEST_LIMITS", "INGEST_NODE_SELECTOR",
                "INGESTOR_IMAGE_REPOSITORY", "INGESTOR_IMAGE_TAG", "INGESTOR_IMAGE_DIGEST", "JOB_IMAGE_HOST",
                "IMAGE_PULL_SECRET_NAME", "RUNTIME_CLASS_NAME", "HOST_UID", "HOST_GID", "RUNS_KEEP", "RUNS_KEEP_DAYS",
                "LOG_LEVEL",
            ],
            api.Env.Select(entry => entry["name"].Text));
        Assert.Equal("disktype=ssd,zone=a", api.Value("INGEST_NODE_SELECTOR"));
        Assert.Equal("mysql-client", api.Value("MYSQL_HOST"));
        Assert.Equal("", api.Value("INGESTOR_IMAGE_DIGEST"));
        Assert.Equal(("1007", "kata"), (api.Value("HOST_UID"), api.Value("RUNTIME_CLASS_NAME")));
    }

    /// <summary>jobs-manager reads the file, and runs get the ConfigMap.</summary>
    [Fact]
    public async Task It_verifies_the_database_and_has_runs_verify_it_by_the_same_authorities()
    {
        var deployment = await DeploymentAsync("database: {caBundle: tracebloc-db-ca}");
        var api = deployment.Container("api");
        var mount = api.Mounts.Single(one => one["name"].Text == "database-ca");

        Assert.Equal("tracebloc-db-ca", api.Value("INGEST_DB_CA"));
        Assert.Equal($"{mount["mountPath"].Text}/ca.crt", api.Value("MYSQL_SSL_CA"));
        Assert.Equal(
            "tracebloc-db-ca",
            deployment.Volumes.Single(one => one["name"].Text == "database-ca").At("configMap.name").Text);
        Assert.False((await ApiAsync()).Variable("MYSQL_SSL_CA").Exists);
    }

    [Theory]
    [InlineData("{limits: {memory: 4Gi}}", "cpu=250m,memory=512Mi", "cpu=2,memory=4Gi")]
    [InlineData("{requests: {cpu: 1}, limits: {cpu: null}}", "cpu=1,memory=512Mi", "memory=1Gi")]
    public async Task The_resources_of_runs_are_laid_over_the_charts_own(string given, string requests, string limits)
    {
        var api = await ApiAsync($"ingestion: {{resources: {given}}}");

        Assert.Equal((requests, limits), (api.Value("INGEST_REQUESTS"), api.Value("INGEST_LIMITS")));
    }

    [Fact]
    public async Task The_pods_monitor_gets_every_variable_of_the_operators_and_keeps_the_charts()
    {
        var monitor = (await DeploymentAsync("env: {GPU_REQUESTS: nvidia.com/gpu=1, CLIENT_LOGS_PVC: mine}"))
            .Container("pods-monitor-container");

        Assert.Equal("nvidia.com/gpu=1", monitor.Value("GPU_REQUESTS"));
        Assert.Equal("client-logs-pvc", monitor.Value("CLIENT_LOGS_PVC"));
        Assert.Single(monitor.Env, entry => entry["name"].Text == "CLIENT_LOGS_PVC");
    }

    /// <summary>
    /// It follows Jobs, and makes a ConfigMap, a Secret and Events for each; of Secrets it reads none.
    /// </summary>
    [Fact]
    public async Task It_may_do_in_the_namespace_what_its_program_does()
    {
        var role = (await Chart.Client.RenderAsync()).RoleOf("Role", "acme-jobs-manager-rbac");

        Assert.All(
            ["get", "list", "watch", "create", "patch", "delete"],
            verb => Assert.True(role.Allows(verb, "batch", "jobs")));
        Assert.All(["get", "list", "watch"], verb => Assert.True(role.Allows(verb, "", "pods")));
        Assert.All(["create", "get", "delete"], verb => Assert.True(role.Allows(verb, "", "configmaps")));
        Assert.All(["create", "delete"], verb => Assert.True(role.Allows(verb, "", "secrets")));
        Assert.All(["create", "patch"], verb => Assert.True(role.Allows(verb, "events.k8s.io", "events")));
        Assert.All(["get", "list", "watch", "patch"], verb => Assert.False(role.Allows(verb, "", "secrets")));
    }

    [Fact]
    public async Task In_the_cluster_it_may_only_authenticate_requests() => Assert.Equal(
        ["authentication.k8s.io tokenreviews create"],
        (await Chart.Client.RenderAsync()).RoleOf("ClusterRole", "acme-jobs-manager-rbac").Rules
            .Select(rule => $"{rule}"));

    [Fact]
    public async Task It_is_told_the_pull_secret_for_the_jobs_that_it_starts() => Assert.Equal(
        "harbor-pull",
        (await ApiAsync("dockerRegistry: {existingSecret: harbor-pull}")).Value("IMAGE_PULL_SECRET_NAME"));

    [Fact]
    public async Task Resources_are_laid_over_the_charts_own()
    {
        var resources = (await ApiAsync("resources: {jobsManager: {limits: {memory: 2Gi}}}"))["resources"];

        Assert.Equal(("2Gi", "1"), (resources.At("limits.memory").Text, resources.At("limits.cpu").Text));
        Assert.Equal("50m", resources.At("requests.cpu").Text);
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
