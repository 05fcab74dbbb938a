using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>The notes after an installation.</summary>
public sealed class NotesTests
{
    [Fact]
    public async Task First_what_was_installed_and_where() => Assert.StartsWith(
        $"client {Chart.Client.Version} is installed in namespace tracebloc as acme, environment prod.",
        await Chart.Client.NotesAsync());

    [Fact]
    public async Task Then_the_command_that_proves_it_works() =>
        Assert.Contains("\n  helm test acme --namespace tracebloc", await Chart.Client.NotesAsync());

    [Fact]
    public async Task The_images_that_are_followed_are_named_with_the_registry_they_come_from()
    {
        var notes = await Chart.Client.NotesAsync("global: {imageRegistry: harbor.example.com}");

        Assert.Contains("jobs-manager: harbor.example.com/tracebloc/jobs-manager:prod", notes);
        Assert.DoesNotContain("docker.io", notes);
    }

    [Fact]
    public async Task Where_to_see_what_image_refresh_did()
    {
        var notes = await Chart.Client.NotesAsync();

        Assert.Contains("app.kubernetes.io/component=image-refresh,app.kubernetes.io/instance=acme", notes);
        Assert.Contains("kubectl get deployment acme-jobs-manager --namespace tracebloc", notes);
    }

    [Theory]
    [InlineData("imageRefresh: {enabled: false}", "Image refresh is not installed.")]
    [InlineData(
        """
        images:
          jobsManager: {digest: "sha256:1111111111111111111111111111111111111111111111111111111111111111"}
          podsMonitor: {digest: "sha256:1111111111111111111111111111111111111111111111111111111111111111"}
          ingestor: {autoRefresh: false}
        """,
        "Image refresh is not installed: every image is pinned or opted out.")]
    public async Task Why_image_refresh_is_not_there(string values, string reason) =>
        Assert.Contains(reason, await Chart.Client.NotesAsync(values));

    [Theory]
    [InlineData("", "This chart was released unsigned: auto-upgrade installs charts without verifying")]
    [InlineData("imageRefresh: {enabled: false}", "imageRefresh.enabled is false: an image without a pin moves")]
    [InlineData("clusterScope: false", "clusterScope is false: data cannot be submitted by HTTP")]
    [InlineData("hostPath: {enabled: true}", "hostPath: the folders must belong to the users 1000 and 999")]
    [InlineData("networkPolicy: {training: {enabled: false}}", "networkPolicy.training.enabled is false")]
    [InlineData(
        "extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]",
        "extraObjects: auto-upgrade has no permission")]
    [InlineData(
        "podTokenTtlSeconds: 60",
        "Key of 1.x, remove it: podTokenTtlSeconds (replaced by env.POD_TOKEN_TTL_SECONDS).")]
    [InlineData(
        "imageRefresh: {ingestorResolveFailureThreshold: 5}",
        "Key of 1.x, remove it: imageRefresh.ingestorResolveFailureThreshold (replaced by imageRefresh.failure")]
    [InlineData(
        "imageRefresh: {image: {repository: alpine/k8s}}",
        "Key of 1.x, remove it: imageRefresh.image (idle: an image of 1.x)")]
    [InlineData(
        "autoUpgrade: {image: {repository: alpine/helm}}",
        "Key of 1.x, remove it: autoUpgrade.image (idle: an image of 1.x)")]
    [InlineData("imageRefresh: {policy: {hold: true}}", "imageRefresh.policy.hold is true: image refresh polls")]
    [InlineData(
        "imageRefresh: {activeDeadlineSeconds: 3600}", "Key of 1.x, remove it: imageRefresh.activeDeadlineSeconds")]
    [InlineData(
        "autoUpgrade: {activeDeadlineSeconds: 900}", "Key of 1.x, remove it: autoUpgrade.activeDeadlineSeconds")]
    [InlineData("autoUpgrade: {repoName: a}", "Key of 1.x, remove it: autoUpgrade.repoName (idle)")]
    [InlineData("dockerRegistry: {email: a}", "Key of 1.x, remove it: dockerRegistry.email (idle)")]
    [InlineData("resourceMonitor: true", "Key of 1.x, remove it: resourceMonitor (idle: this chart has no resource")]
    [InlineData("images: {busybox: {tag: '1.35'}}", "Key of 1.x, remove it: images.busybox (idle).")]
    public async Task Each_warning_names_its_value(string values, string warning)
    {
        var notes = await Chart.Client.NotesAsync(values);

        Assert.Contains($"  - {warning}", notes.Split("Warnings:")[^1]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("autoUpgrade: {verify: false}", true)]
    [InlineData("autoUpgrade: {verify: false, keyringSecret: tracebloc-keyring}", false)]
    public async Task A_signed_chart_warns_where_it_does_not_verify_the_next(string values, bool warns)
    {
        using var signed = new SignedChart();

        Assert.Equal(
            warns,
            (await signed.Chart.NotesAsync(values)).Contains(
                "  - autoUpgrade.verify is false: auto-upgrade installs charts without", StringComparison.Ordinal));
        Assert.DoesNotContain("released unsigned", await signed.Chart.NotesAsync(values));
    }

    /// <summary>A key is made anew with each rendering, so it is given, and that is of 1.x.</summary>
    [Fact]
    public async Task What_does_not_concern_an_installation_is_not_said()
    {
        var notes = await Chart.Client.NotesAsync("autoUpgrade: {keyringSecret: tracebloc-keyring}");
        var said = notes.Split("Warnings:")[^1].Split("  - ", StringSplitOptions.TrimEntries)[1..];

        Assert.StartsWith("Key of 1.x, remove it: podTokenSigningSecret", Assert.Single(said));
    }
}
