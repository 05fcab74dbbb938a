using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh.Configuration;
using Workload = Tracebloc.Charts.Tests.Harness.Workload;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class ImageRefreshTests
{
    private const string Name = "acme-image-refresh";

    [Fact]
    public async Task Jobs_manager_and_its_like_are_restarted()
    {
        var images = (await ConfigurationAsync()).Images.Where(image => image.Action is RefreshAction.Restart);

        Assert.Equal(
            [
                "ghcr.io/tracebloc/jobs-manager:prod for deployment/acme-jobs-manager",
                "docker.io/tracebloc/pods-monitor:prod for deployment/acme-jobs-manager",
                "ghcr.io/tracebloc/jobs-manager:prod for deployment/acme-requests-proxy",
            ],
            images.Select(image => $"{image.Image} for {image.Workload}"));
    }

    [Fact]
    public async Task The_ingestors_digest_becomes_a_variable_of_jobs_manager()
    {
        var ingestor = (await ConfigurationAsync()).Images.Single(image => image.Name == "ingestor");

        Assert.Equal("ghcr.io/tracebloc/ingestor:prod", $"{ingestor.Image}");
        Assert.Equal("deployment/acme-jobs-manager", $"{ingestor.Workload}");
        Assert.Equal(new RefreshAction.SetEnv("api", "INGESTOR_IMAGE_DIGEST"), ingestor.Action);
    }

    [Theory]
    [InlineData("staging", "stg")]
    [InlineData("development", "dev")]
    [InlineData("production", "prod")]
    public async Task The_long_name_of_an_environment_is_the_tag_of_the_short_one(string environment, string tag)
    {
        var chart = await Chart.Client.RenderAsync($"env: {{CLIENT_ENV: {environment}}}");
        var (manager, monitor) = ($"ghcr.io/tracebloc/jobs-manager:{tag}", $"docker.io/tracebloc/pods-monitor:{tag}");

        Assert.Equal(
            [manager, monitor, manager],
            WorkerConfiguration.ReadFrom(chart).Images.Take(3).Select(image => $"{image.Image}"));
        Assert.Equal(manager, chart.Deployment("acme-jobs-manager").Container("api").Image);
        Assert.Equal(monitor, chart.Deployment("acme-jobs-manager").Container("pods-monitor-container").Image);
    }

    [Fact]
    public async Task It_may_get_and_patch_what_it_refreshes_and_nothing_else()
    {
        var chart = await Chart.Client.RenderAsync();
        var rule = Assert.Single(chart.RoleOf("Role", Name).Rules);

        Assert.Equal(["get", "patch"], rule.Verbs);
        Assert.Equal(["apps"], rule.Groups);
        Assert.Equal(["deployments"], rule.Resources);
        Assert.Equal(["acme-jobs-manager", "acme-requests-proxy"], rule.Names);
    }

    [Fact]
    public async Task It_may_list_pods_and_whose_they_are_where_one_value_says_so()
    {
        var chart = await Chart.Client.RenderAsync("imageRefresh: {readPods: true}");

        Assert.True(chart.RoleOf("Role", Name).Allows("list", "", "pods"));
        Assert.True(chart.RoleOf("Role", Name).Allows("list", "apps", "replicasets"));
        Assert.Equal(3, chart.RoleOf("Role", Name).Rules.Count);
        Assert.False((await Chart.Client.RenderAsync()).RoleOf("Role", Name).Allows("list", "", "pods"));
    }

    [Fact]
    public async Task Its_namespace_is_the_releases() =>
        Assert.Equal("tracebloc", (await ConfigurationAsync()).Namespace);

    [Fact]
    public async Task It_runs_off_the_hour_and_never_twice_at_a_time()
    {
        var spec = (await CronJobAsync()).Spec;

        Assert.Equal("7,22,37,52 * * * *", spec["schedule"].Text);
        Assert.Equal("Forbid", spec["concurrencyPolicy"].Text);
    }

    [Fact]
    public async Task Nothing_turns_a_failed_tick_green()
    {
        var cronJob = await CronJobAsync();

        Assert.Equal("0", cronJob.Job["backoffLimit"].Text);
        Assert.Equal("Never", cronJob.Pod["restartPolicy"].Text);
    }

    [Fact]
    public async Task The_last_runs_stay_to_be_looked_at()
    {
        var spec = (await CronJobAsync()).Spec;

        Assert.Equal(
            ("1", "3"), (spec["successfulJobsHistoryLimit"].Text, spec["failedJobsHistoryLimit"].Text));
    }

    [Fact]
    public async Task It_runs_its_own_image_at_the_version_of_the_chart()
    {
        var container = (await CronJobAsync()).Container("refresh");

        Assert.Equal($"docker.io/tracebloc/image-refresh:{Chart.Client.Version}", container.Image);
    }

    [Theory]
    [InlineData("alpine/k8s")]
    [InlineData("mirror.example.com/alpine/k8s")]
    public async Task The_image_of_the_former_script_is_not_used(string repository)
    {
        var cronJob = await CronJobAsync($"imageRefresh: {{image: {{repository: {repository}, tag: 1.30.5}}}}");

        Assert.StartsWith("docker.io/tracebloc/image-refresh:", cronJob.Container("refresh").Image);
    }

    [Fact]
    public async Task Its_configuration_is_mounted_read_only_where_its_arguments_say()
    {
        var container = (await CronJobAsync()).Container("refresh");
        var mount = container.Mounts.Single(mount => mount["name"].Text == "refresh");

        Assert.Equal(
            $"{mount["mountPath"].Text}/refresh.yaml", WorkerCommandLine.Run(container.Arguments).Config);
        Assert.Equal("true", mount["readOnly"].Text);
    }

    [Fact]
    public async Task Every_file_that_its_configuration_names_is_mounted()
    {
        var chart = await Chart.Client.RenderAsync("{dockerRegistry: {existingSecret: my-pull}, caBundle: my-ca}");
        var container = chart.CronJob(Name).Container("refresh");
        var folders = container.Mounts.Select(mount => mount["mountPath"].Text).ToList();

        Assert.NotEmpty(WorkerConfiguration.FilesIn(chart));
        Assert.All(WorkerConfiguration.FilesIn(chart), file => Assert.Contains(Path.GetDirectoryName(file), folders));
    }

    [Fact]
    public async Task A_changed_configuration_is_a_changed_pod()
    {
        var (before, after) = (await CronJobAsync(), await CronJobAsync("imageRefresh: {maxRefreshAttempts: 5}"));

        Assert.NotEqual(Checksum(before), Checksum(after));
    }

    [Fact]
    public async Task The_former_name_of_the_failure_threshold_is_read_still()
    {
        var configuration = await ConfigurationAsync("imageRefresh: {ingestorResolveFailureThreshold: 5}");

        Assert.Equal(5, configuration.FailureThreshold);
    }

    private static string Checksum(Workload workload) => workload.PodMetadata["annotations"]["checksum/config"].Text;

    private static async Task<Workload> CronJobAsync(string values = "") =>
        (await Chart.Client.RenderAsync(values)).CronJob(Name);

    private static async Task<RefreshConfiguration> ConfigurationAsync(string values = "") =>
        WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync(values));
}
