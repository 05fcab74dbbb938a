namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The image of the hook, which the Release target pins.</summary>
public sealed class ImageTests
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Theory]
    [InlineData("", "ghcr.io/tracebloc/ingestor:VERSION")]
    [InlineData("submit: {image: {tag: 2.1.0}}", "ghcr.io/tracebloc/ingestor:2.1.0")]
    [InlineData("submit: {image: {tag: 2.1.0, digest: '" + Digest + "'}}", "ghcr.io/tracebloc/ingestor@" + Digest)]
    [InlineData("global: {imageRegistry: 'harbor:8443'}", "harbor:8443/tracebloc/ingestor:VERSION")]
    [InlineData(
        "{global: {imageRegistry: harbor}, submit: {image: {digest: '" + Digest + "'}}}",
        "harbor/tracebloc/ingestor@" + Digest)]
    [InlineData("submit: {image: {registry: docker.io}}", "docker.io/tracebloc/ingestor:VERSION")]
    [InlineData(
        "{global: {imageRegistry: harbor}, submit: {image: {registry: quay.io, repository: acme/mirror/ingestor}}}",
        "quay.io/acme/mirror/ingestor:VERSION")]
    public async Task A_digest_wins_over_a_tag_and_a_registry_of_its_own_over_the_mirror(string values, string image) =>
        Assert.Equal(image.Replace("VERSION", IngestorChart.Chart.Version), await ImageAsync(values));

    /// <summary>As build/ stamps it: the one line of its kind.</summary>
    [Fact]
    public void There_is_one_place_for_the_digest_of_a_release() => Assert.Single(
        IngestorChart.Chart.Read("values.yaml").Split('\n'), line => line == "    digest: \"\"");

    [Theory]
    [InlineData("", "IfNotPresent")]
    [InlineData("submit: {image: {pullPolicy: Never}}", "Never")]
    public async Task It_is_pulled_when_it_is_not_there(string values, string policy) => Assert.Equal(
        policy, (await IngestorChart.HookAsync(values)).Container("submit")["imagePullPolicy"].Text);

    [Fact]
    public async Task It_is_pulled_with_the_secrets_of_the_values() => Assert.Equal(
        ["harbor-pull", "acme-regcred"],
        (await IngestorChart.HookAsync("submit: {pullSecrets: [harbor-pull, acme-regcred]}"))
            .Pod["imagePullSecrets"].Items.Select(secret => secret["name"].Text));

    private static async Task<string> ImageAsync(string values) =>
        (await IngestorChart.HookAsync(values)).Container("submit").Image;
}
