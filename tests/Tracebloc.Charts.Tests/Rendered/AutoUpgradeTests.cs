using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ChartUpgrade;
using Tracebloc.ChartUpgrade.Options;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class AutoUpgradeTests(SignedChart signed) : IClassFixture<SignedChart>
{
    private const string Name = "acme-auto-upgrade";

    [Fact]
    public async Task It_upgrades_this_release_from_the_repository_of_the_values()
    {
        var options = await OptionsAsync();

        Assert.Equal(("acme", "tracebloc"), (options.Release, options.Namespace));
        Assert.Equal("https://tracebloc.github.io/client client",
            $"{options.Source.Repository} {options.Source.Chart}");
        Assert.False(options.DryRun);
    }

    /// <summary>The image's entry point is the program chart-upgrade, which has no verbs.</summary>
    [Fact]
    public async Task Its_arguments_are_options_only() => Assert.All(
        (await CronJobAsync("{caBundle: ca, autoUpgrade: {keyringSecret: keys}}")).Container("upgrade").Arguments,
        argument => Assert.StartsWith("--", argument));

    [Fact]
    public async Task It_asks_for_signatures_when_it_has_a_keyring()
    {
        var container = (await CronJobAsync("autoUpgrade: {keyringSecret: tracebloc-keyring}")).Container("upgrade");

        var options = WorkerCommandLine.Upgrade(container.Arguments);

        Assert.Contains(Path.GetDirectoryName(options.Source.Keyring), MountsOf(container));
    }

    [Fact]
    public async Task A_signed_chart_asks_for_signatures_of_its_own_key()
    {
        var chart = await signed.Chart.RenderAsync();
        var (cronJob, keyring) = (chart.CronJob(Name), chart.Find("ConfigMap", $"{Name}-keyring"));
        var options = WorkerCommandLine.Upgrade(cronJob.Container("upgrade").Arguments);

        Assert.Equal("pubring.gpg", Path.GetFileName(options.Source.Keyring));
        Assert.Contains(Path.GetDirectoryName(options.Source.Keyring), MountsOf(cronJob.Container("upgrade")));
        Assert.Equal(keyring.Name, VolumeOf(cronJob, "keyring").At("configMap.name").Text);
        Assert.Equal(signed.Key, Convert.FromBase64String(keyring["binaryData"]["pubring.gpg"].Text));
    }

    [Theory]
    [InlineData("autoUpgrade: {verify: false}", "")]
    [InlineData("autoUpgrade: {keyringSecret: keys}", "keys")]
    [InlineData("autoUpgrade: {keyringSecret: keys, verify: false}", "keys")]
    public async Task The_charts_own_key_is_not_asked_for_where_the_operator_says_so(string values, string secret)
    {
        var chart = await signed.Chart.RenderAsync(values);
        var cronJob = chart.CronJob(Name);

        Assert.Equal(secret, VolumeOf(cronJob, "keyring").At("secret.secretName").Text);
        Assert.Equal(
            secret != "", WorkerCommandLine.Upgrade(cronJob.Container("upgrade").Arguments).Source.Keyring is not null);
        Assert.False(chart.Has("ConfigMap", $"{Name}-keyring"));
    }

    [Fact]
    public async Task The_key_is_where_its_pods_are()
    {
        var chart = await signed.Chart.RenderAsync("autoUpgrade: {namespace: tracebloc-upgrade}");

        Assert.True(chart.Has("ConfigMap", $"{Name}-keyring", "tracebloc-upgrade"));
    }

    [Fact]
    public async Task The_releases_own_namespace_is_no_other_one() => Assert.Equal(
        (await Chart.Client.RenderAsync()).LastingText,
        (await Chart.Client.RenderAsync("autoUpgrade: {namespace: tracebloc}")).LastingText);

    [Fact]
    public async Task Disabled_installs_no_keyring() =>
        Assert.Empty((await signed.Chart.RenderAsync("autoUpgrade: {enabled: false}")).From("auto-upgrade"));

    [Fact]
    public async Task It_trusts_the_companys_authorities()
    {
        var container = (await CronJobAsync("caBundle: company-authorities")).Container("upgrade");

        var options = WorkerCommandLine.Upgrade(container.Arguments);

        Assert.Contains(Path.GetDirectoryName(options.Source.CaFile), MountsOf(container));
    }

    [Theory]
    [InlineData("")]
    [InlineData("autoUpgrade: {timeout: 90s, activeDeadlineSeconds: 60}")]
    [InlineData("autoUpgrade: {timeout: 1h, activeDeadlineSeconds: 900}")]
    public async Task A_job_holds_all_that_an_upgrade_may_wait_for(string values)
    {
        var cronJob = await CronJobAsync(values);
        var options = WorkerCommandLine.Upgrade(cronJob.Container("upgrade").Arguments);

        Assert.True(cronJob.Deadline > new UpgradeDeadlines(options.Timeout, options.FetchTimeout).Overall);
    }

    [Fact]
    public async Task Helm_has_time_to_end_by_itself_when_the_pod_is_stopped()
    {
        var grace = (await CronJobAsync()).Pod["terminationGracePeriodSeconds"];

        // Kubernetes gives 30 s to a pod that does not say how much it needs.
        Assert.True(UpgradeDeadlines.Stop.TotalSeconds < (grace.Exists ? int.Parse(grace.Text) : 30));
    }

    [Fact]
    public async Task It_runs_once_an_hour_and_never_twice_at_a_time()
    {
        var spec = (await CronJobAsync()).Spec;

        Assert.Equal("23 * * * *", spec["schedule"].Text);
        Assert.Equal("Forbid", spec["concurrencyPolicy"].Text);
    }

    [Fact]
    public async Task It_runs_the_image_with_helm_in_it_at_the_version_of_the_chart() => Assert.Equal(
        $"docker.io/tracebloc/chart-upgrade:{Chart.Client.Version}",
        (await CronJobAsync()).Container("upgrade").Image);

    [Fact]
    public async Task The_image_of_the_former_script_is_not_used() => Assert.StartsWith(
        "docker.io/tracebloc/chart-upgrade:",
        (await CronJobAsync("autoUpgrade: {image: {repository: alpine/helm, tag: 3.16.4}}"))
            .Container("upgrade").Image);

    [Fact]
    public async Task Disabled_installs_nothing_of_it() =>
        Assert.Empty((await Chart.Client.RenderAsync("autoUpgrade: {enabled: false}")).From("auto-upgrade"));

    private static Node VolumeOf(Workload workload, string name) =>
        workload.Volumes.SingleOrDefault(volume => volume["name"].Text == name) ?? Node.Nothing;

    private static IEnumerable<string> MountsOf(Container container) =>
        container.Mounts.Select(mount => mount["mountPath"].Text);

    private static async Task<Workload> CronJobAsync(string values = "") =>
        (await Chart.Client.RenderAsync(values)).CronJob(Name);

    private static async Task<ChartUpgradeOptions> OptionsAsync() =>
        WorkerCommandLine.Upgrade((await CronJobAsync()).Container("upgrade").Arguments);
}
