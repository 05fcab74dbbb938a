using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class VerificationTests
{
    private const string Key = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----";

    internal const string ByKey =
        "imageRefresh: {policy: {verify: {key: \"-----BEGIN PUBLIC KEY-----\\nMFkw\\n-----END PUBLIC KEY-----\"}}}";

    internal const string ByIdentity =
        """
        imageRefresh:
          policy:
            verify:
              keyless: {issuer: https://issuer.example.com, identity: release@example.com, trustRoot: '{"tlogs": []}'}
        """;

    [Fact]
    public async Task Nobody_has_to_sign_by_default() => Assert.All(
        WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync()).Images,
        image => Assert.Null(image.Gates.Verify));

    [Fact]
    public async Task A_key_is_asked_of_every_image_and_mounted_where_the_worker_looks()
    {
        var chart = await Chart.Client.RenderAsync(ByKey);

        Assert.All(
            WorkerConfiguration.ReadFrom(chart).Images,
            image => Assert.EndsWith("cosign.pub", image.Gates.Verify?.KeyFile, StringComparison.Ordinal));
        Assert.Equal(Key, FileOf(chart, "cosign.pub"));
        Assert.Contains("/etc/tracebloc/refresh/cosign.pub", WorkerConfiguration.FilesIn(chart));
    }

    [Fact]
    public async Task An_identity_is_asked_of_every_image()
    {
        var chart = await Chart.Client.RenderAsync(ByIdentity);

        Assert.All(WorkerConfiguration.ReadFrom(chart).Images, image =>
        {
            var keyless = image.Gates.Verify?.Keyless;
            Assert.Equal(("https://issuer.example.com", "release@example.com"), (keyless?.Issuer, keyless?.Identity));
            Assert.EndsWith("trusted_root.json", keyless?.TrustRootFile, StringComparison.Ordinal);
        });
        Assert.Equal("""{"tlogs": []}""", FileOf(chart, "trusted_root.json"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(", notOlderThan: 90d", true)]
    public async Task The_age_of_a_signature_is_limited_where_the_values_say_so(string age, bool isLimited)
    {
        var values = $"{ByKey[..^3]}{age}}}}}}}\nglobal: {{imageRegistry: harbor.example.com}}";

        var images = Node.Parse(WorkerConfiguration.TextIn(await Chart.Client.RenderAsync(values)))["images"].Items;

        Assert.All(images, image => Assert.Equal(isLimited ? "90d" : "", image.At("verify.notOlderThan").Text));
        Assert.All(images, image => Assert.True(image.At("verify.signedAs").Exists));
    }

    [Fact]
    public async Task What_a_mirror_holds_was_signed_under_the_name_it_was_published_as()
    {
        var chart = await Chart.Client.RenderAsync($"{ByKey}\nglobal: {{imageRegistry: harbor.example.com}}");

        Assert.Equal(
            [
                "ghcr.io/tracebloc/jobs-manager",
                "docker.io/tracebloc/pods-monitor",
                "ghcr.io/tracebloc/jobs-manager",
                "ghcr.io/tracebloc/ingestor",
            ],
            WorkerConfiguration.ReadFrom(chart).Images.Select(image => image.Gates.Verify?.SignedAs?.Repository));
    }

    [Fact]
    public async Task What_the_operator_took_elsewhere_was_signed_there()
    {
        var chart = await Chart.Client.RenderAsync(
            $"{ByKey}\nglobal: {{imageRegistry: a.example.com}}\nimages: {{ingestor: {{repository: ghcr.io/acme/x}}}}");

        Assert.Null(WorkerConfiguration.ReadFrom(chart).Images[^1].Gates.Verify?.SignedAs);
    }

    private static string? FileOf(Rendering chart, string name) =>
        chart.Find("ConfigMap", "acme-image-refresh")["data"][name].Text?.TrimEnd('\n');
}
