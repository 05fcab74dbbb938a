using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The Job that makes the tables before the program needs them.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task It_runs_before_each_installation_and_upgrade_and_stays_for_its_log()
    {
        var job = await JobAsync();

        Assert.Equal("pre-install,pre-upgrade", job.Manifest.Annotations["helm.sh/hook"]);
        Assert.Equal("before-hook-creation", job.Manifest.Annotations["helm.sh/hook-delete-policy"]);
        Assert.Equal(["migrate", "--config=/etc/metadata-sync/config.yaml"], job.Container("migrate").Arguments);
    }

    /// <summary>Nothing of the release itself is there before an installation.</summary>
    [Theory]
    [InlineData("api-values.yaml")]
    [InlineData("former-values.yaml")]
    public async Task All_that_it_needs_is_made_before_it_and_removed_after_it(string example)
    {
        var chart = await SyncChart.Chart.RenderExampleAsync(example);

        var job = new Workload(chart.Find("Job", "acme-migrate"));
        Assert.Empty(job.ServiceAccount);
        var names = Assert.Single(job.Volumes).At("projected.sources").Items
            .Select(source => source.At("configMap.name").Text + source.At("secret.name").Text);
        Assert.DoesNotContain("acme", names);
        var parts = chart.From("migration").Where(manifest => manifest.Kind != "Job").ToList();
        Assert.NotEmpty(parts);
        Assert.All(parts, part =>
        {
            Assert.Equal("acme-migrate", part.Name);
            Assert.Equal("pre-install,pre-upgrade", part.Annotations["helm.sh/hook"]);
            Assert.Equal("before-hook-creation,hook-succeeded", part.Annotations["helm.sh/hook-delete-policy"]);
            Assert.True(WeightOf(part) < WeightOf(job.Manifest));
        });
    }

    [Fact]
    public async Task All_else_belongs_to_the_release() => Assert.All(
        (await SyncChart.RenderEnabledAsync()).Manifests.Where(manifest => !manifest.Source.Contains("/migration/")),
        manifest => Assert.False(manifest.Annotations.ContainsKey("helm.sh/hook")));

    [Theory]
    [InlineData("", "240")]
    [InlineData("migration: {timeout: 2h}\n", "7200")]
    public async Task It_ends_by_its_deadline_and_fails_with_its_reason(string values, string deadline)
    {
        var job = await JobAsync(values);

        Assert.Equal((deadline, "0"), (job.Spec["activeDeadlineSeconds"].Text, job.Spec["backoffLimit"].Text));
        Assert.Equal("FallbackToLogsOnError", job.Container("migrate")["terminationMessagePolicy"].Text);
    }

    [Fact]
    public async Task It_stays_out_of_service_meshes()
    {
        var pod = (await JobAsync("pods: {labels: {sidecar.istio.io/inject: 'true'}}\n")).PodMetadata;

        Assert.Equal("false", pod["labels"]["sidecar.istio.io/inject"].Text);
        Assert.Equal("disabled", pod["annotations"]["linkerd.io/inject"].Text);
    }

    [Fact]
    public async Task It_can_be_left_to_the_operator() => Assert.Empty(
        (await SyncChart.RenderEnabledAsync("migration: {enabled: false}\n")).From("migration"));

    private static int WeightOf(Manifest manifest) => int.Parse(manifest.Annotations["helm.sh/hook-weight"]);

    private static async Task<Workload> JobAsync(string values = "") =>
        new((await SyncChart.RenderEnabledAsync(values)).Find("Job", "acme-migrate"));
}
