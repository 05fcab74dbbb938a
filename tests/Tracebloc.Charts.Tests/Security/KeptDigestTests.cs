using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Rendered;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>An upgrade and the image that image refresh has set in a container.</summary>
public sealed class KeptDigestTests
{
    private const string Repository = "ghcr.io/tracebloc/jobs-manager";

    private const string Tagged = $"{Repository}:prod";

    private const string Live = $"{Repository}@{Pins.Digest}";

    [Fact]
    public async Task An_upgrade_keeps_the_verified_digest()
    {
        var api = await UpgradedAsync(VerificationTests.ByKey, Live);

        Assert.Equal(Live, api.Image);
        Assert.Equal("Always", api["imagePullPolicy"].Text);
    }

    [Fact]
    public async Task An_upgrade_keeps_a_digest_where_the_mirror_has_a_port() => Assert.Equal(
        $"harbor.example.com:8443/tracebloc/jobs-manager@{Pins.Digest}",
        (await UpgradedAsync(
            $"{VerificationTests.ByKey}\nglobal: {{imageRegistry: 'harbor.example.com:8443'}}",
            $"harbor.example.com:8443/tracebloc/jobs-manager@{Pins.Digest}")).Image);

    /// <summary>Of a live image only a digest of the configured repository is taken over: finding 20e.</summary>
    [Theory]
    [InlineData($"docker.io/attacker/jobs-manager@{Pins.Digest}")]
    [InlineData($"{Repository}-debug@{Pins.Digest}")]
    [InlineData($"ghcrXio/tracebloc/jobs-manager@{Pins.Digest}")]
    [InlineData($"docker.io/tracebloc/jobs-manager@{Pins.Digest}")]
    [InlineData($"evil.example/{Repository}@{Pins.Digest}")]
    [InlineData($"{Repository}@sha256:1111")]
    [InlineData($"{Repository}@{Pins.Digest}1")]
    [InlineData($"{Repository}@{Pins.Digest}\\n")]
    [InlineData($"{Repository}@{Pins.Digest}\\n          command: [sh]")]
    [InlineData($"{Repository}:prod@{Pins.Digest}")]
    [InlineData($"{Repository}@prod")]
    [InlineData("")]
    [Trait("Finding", "20")]
    public async Task A_live_image_that_is_no_digest_of_the_repository_is_not_taken(string live)
    {
        var image = live.Replace("\\n", "\n", StringComparison.Ordinal);

        Assert.Equal(Tagged, (await UpgradedAsync(VerificationTests.ByKey, image)).Image);
        Assert.Equal(Tagged, (await UpgradedAsync("", image, "api")).Image);
    }

    [Theory]
    [InlineData("api")]
    [InlineData($"api={Tagged}")]
    public async Task An_upgrade_keeps_the_pin_of_a_rollback_in_either_spelling(string pin) =>
        Assert.Equal(Live, (await UpgradedAsync("", Live, pin)).Image);

    [Theory]
    [InlineData("proxy")]
    [InlineData($"proxy={Tagged}")]
    [InlineData("api2")]
    [InlineData("=api")]
    [InlineData("")]
    public async Task A_digest_that_neither_a_signature_nor_a_pin_accounts_for_is_not_kept(string pin) =>
        Assert.Equal(Tagged, (await UpgradedAsync("", Live, pin)).Image);

    [Theory]
    [InlineData($"{{{VerificationTests.ByKey}, images: {{jobsManager: {{digest: 'DIGEST'}}}}}}")]
    [InlineData("images: {jobsManager: {digest: 'DIGEST'}}")]
    public async Task A_digest_of_the_operators_comes_before_all(string values)
    {
        var digest = Pins.Digest.Replace('1', '2');

        Assert.Equal($"{Repository}@{digest}", (await UpgradedAsync(values.Replace("DIGEST", digest), Live)).Image);
    }

    [Fact]
    public async Task Without_image_refresh_the_tag_is_back() => Assert.Equal(
        Tagged,
        (await UpgradedAsync(VerificationTests.ByKey.Replace("{policy", "{enabled: false, policy"), Live)).Image);

    /// <summary>Container api of jobs-manager, rendered where it runs the live image.</summary>
    private static async Task<Container> UpgradedAsync(string values, string live, string? pin = null)
    {
        var deployment = Some.Deployment("acme-jobs-manager")
            .Container("other", "docker.io/library/busybox:1").Container("api", live);
        if (pin is not null)
            deployment = deployment.Annotation("tracebloc.io/jobs-manager-refresh-pinned-from", pin);
        await using var cluster = await Cluster.StartAsync(
            [deployment.Annotation("meta.helm.sh/release-name", "acme").Build()]);
        return (await Chart.Client.RenderAsync(
            new Release { Values = values, KubeConfig = cluster.KubeConfig, IsUpgrade = true }))
            .Deployment("acme-jobs-manager").Container("api");
    }
}
