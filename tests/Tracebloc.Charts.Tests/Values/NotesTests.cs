using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>What an operator reads after an installation.</summary>
public sealed class NotesTests
{
    [Fact]
    public async Task First_what_was_installed_and_where() => Assert.StartsWith(
        $"client {Chart.Client.Version} is installed in namespace tracebloc as acme, working in prod.",
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

        Assert.Contains("kubectl get cronjob acme-image-refresh --namespace tracebloc", notes);
        Assert.Contains("kubectl get deployment acme-jobs-manager --namespace tracebloc", notes);
    }

    [Theory]
    [InlineData("imageRefresh: {enabled: false}", "Image refresh is not installed: imageRefresh.enabled is false.")]
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
    [InlineData("", "autoUpgrade.keyringSecret is empty")]
    [InlineData("imageRefresh: {enabled: false}", "imageRefresh.enabled is false: an image that is not pinned moves")]
    [InlineData("clusterScope: false", "clusterScope is false: data cannot be submitted by HTTP")]
    [InlineData("hostPath: {enabled: true}", "hostPath: the folders must belong to the users 1000 and 999")]
    [InlineData("networkPolicy: {training: {enabled: false}}", "networkPolicy.training.enabled is false")]
    [InlineData(
        "extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]", "extraObjects: auto-upgrade may not")]
    [InlineData("podTokenTtlSeconds: 60", "podTokenTtlSeconds is of 1.x: use env.POD_TOKEN_TTL_SECONDS")]
    [InlineData("imageRefresh: {ingestorResolveFailureThreshold: 5}", "imageRefresh.ingestorResolveFailureThreshold is of 1.x")]
    [InlineData("imageRefresh: {image: {repository: alpine/k8s}}", "imageRefresh.image is of 1.x and not used")]
    [InlineData("autoUpgrade: {image: {repository: alpine/helm}}", "autoUpgrade.image is of 1.x and not used")]
    [InlineData("autoUpgrade: {repoName: tracebloc}", "autoUpgrade.repoName is of 1.x and has no effect")]
    [InlineData("dockerRegistry: {email: a@b.c}", "dockerRegistry.email is of 1.x and has no effect")]
    public async Task What_is_worth_knowing(string values, string warning)
    {
        var notes = await Chart.Client.NotesAsync(values);

        Assert.Contains($"  - {warning}", notes.Split("Worth knowing:")[^1].Replace("    ", "  "));
    }

    [Theory]
    [InlineData("podTokenTtlSeconds")]
    [InlineData("imageRefresh.")]
    [InlineData("clusterScope")]
    [InlineData("hostPath")]
    [InlineData("extraObjects")]
    public async Task What_does_not_concern_an_installation_is_not_said(string key) =>
        Assert.DoesNotContain($"- {key}", await Chart.Client.NotesAsync());
}
