using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing.Registry;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.Signatures;

/// <summary>The published program verifies what the Release target has pushed to a registry and signed there.</summary>
public sealed class ReleaseTests(RealCluster cluster, RealRegistryFixture registry, RealSigstore sigstore)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>, IClassFixture<RealSigstore>
{
    // The names of the images, and how the tags of their repositories end.
    private static readonly (string Name, string Repository, string Suffix)[] Images =
    [
        ("jobs-manager", "jobs-manager", ""), ("metadata-sync", "metadata-sync", ""),
        ("ingestor", "ingestor", ""), ("ingestor-python", "ingestor", "-python"),
    ];

    private static readonly string Version = typeof(ReleaseTests).Assembly.GetName().Version?.ToString(3) ?? "";

    [Theory]
    [InlineData("release-by-key", false)]
    [InlineData("release-by-identity", true)]
    public async Task A_release_is_applied_that_the_release_target_has_signed(string workload, bool isKeyless)
    {
        await using var scene = await StartAsync(workload);

        using var release = await PublishAsync(scene, workload, isKeyless ? null : sigstore.Key);

        await sigstore.VerifyAsync(release.Sums, isKeyless);
        await AssertAppliedAsync(scene, workload, release, isKeyless ? Keyless : ByKey);
    }

    [Fact]
    public async Task A_release_that_was_not_signed_is_kept_out_until_it_is()
    {
        const string workload = "release-unsigned";
        await using var scene = await StartAsync(workload);

        using (var unsigned = await PublishAsync(scene, workload, signKey: null, isKeyless: false))
            Assert.Contains("Nothing is signed with cosign", unsigned.Output);
        var report = await RunAsync(scene, workload, ByKey, exitCode: 14);
        Assert.All(Images, image => Assert.Equal("untrusted", OutcomeOf(report, image.Name)));
        Assert.Equal(1, (await cluster.DeploymentAsync(workload)).Revision);

        // What is there already is signed, and not pushed again.
        using var signed = await PublishAsync(scene, workload, sigstore.Key);
        Assert.DoesNotContain("Now: push", signed.Output);
        await AssertAppliedAsync(scene, workload, signed, ByKey);
    }

    private string ByKey => $"{{key: {sigstore.PublicKey}}}";

    private string Keyless =>
        $"{{keyless: {{issuer: \"{sigstore.Issuer}\", identity: \"{sigstore.Identity}\", "
            + $"trustRoot: {sigstore.TrustRoot}}}}}";

    private async Task<PublishedRelease> PublishAsync(
        RefreshScene scene, string workload, string? signKey, bool isKeyless)
    {
        var environment = await sigstore.EnvironmentAsync(scene.Registry, isKeyless);
        return await PublishedRelease.MakeAsync(scene.Registry, workload, environment, signKey, Cancelled);
    }

    private Task<PublishedRelease> PublishAsync(RefreshScene scene, string workload, string? signKey) =>
        PublishAsync(scene, workload, signKey, isKeyless: signKey is null);

    private async Task AssertAppliedAsync(
        RefreshScene scene, string workload, PublishedRelease release, string verify)
    {
        var report = await RunAsync(scene, workload, verify, exitCode: 0);

        var live = await cluster.DeploymentAsync(workload);
        Assert.Equal(2, live.Revision);
        foreach (var (name, _, _) in Images)
        {
            Assert.Equal((name, "refreshed"), (name, OutcomeOf(report, name)));
            Assert.Equal(await release.DigestAsync(name, Cancelled), live.Settled(name));
        }
    }

    private async Task<RefreshScene> StartAsync(string workload)
    {
        RealParts.SkipWithout(RealParts.Sigstore);
        var scene = await RefreshScene.StartAsync(cluster, registry, Rules.Watching(workload));
        await scene.DeployAsync(workload);
        await SettleAsync(scene, workload);
        return scene;
    }

    /// <summary>Records a former image of each repository as the one that runs.</summary>
    private async Task SettleAsync(RefreshScene scene, string workload)
    {
        var annotations = new List<string>();
        foreach (var (name, repository, _) in Images)
        {
            var former = await scene.Registry.PushAsync(
                $"{workload}/tracebloc/{repository}", $"{name}-former", "1", ImageShape.OciIndex, Cancelled);
            annotations.Add($"tracebloc.io/last-refreshed-{name}-digest={former}");
        }

        await cluster.KubectlAsync(["annotate", $"deployment/{workload}", .. annotations], Cancelled);
    }

    private static async Task<JsonNode> RunAsync(RefreshScene scene, string workload, string verify, int exitCode)
    {
        var host = scene.Registry.Host;
        var entries = Images.Select((image, number) =>
            $"- {{name: {image.Name}, workload: deployment/{workload}, action: setEnv, container: api, "
                + $"image: \"{host}/{workload}/tracebloc/{image.Repository}:{Version}{image.Suffix}\", "
                + $"env: DIGEST_{number}, verify: {verify}}}");
        await scene.ConfigureAsync(
            string.Join('\n', entries), $"  \"{host}\": {{caFile: \"{scene.Registry.CaFile}\"}}");
        var result = (await scene.RunAsync("--output", "json")).AssertExit(exitCode);
        return JsonNode.Parse(result.Output)!;
    }

    private static string? OutcomeOf(JsonNode report, string name) =>
        (string?)report["images"]!.AsArray().Single(one => (string?)one!["name"] == name)!["outcome"];
}
