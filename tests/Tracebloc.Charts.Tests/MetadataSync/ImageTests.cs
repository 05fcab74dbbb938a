namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The image of all pods, which the Release target pins.</summary>
public sealed class ImageTests
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Theory]
    [InlineData("", "ghcr.io/tracebloc/metadata-sync:VERSION")]
    [InlineData("image: {tag: 2.1.0}", "ghcr.io/tracebloc/metadata-sync:2.1.0")]
    [InlineData("image: {tag: 2.1.0, digest: '" + Digest + "'}", "ghcr.io/tracebloc/metadata-sync@" + Digest)]
    [InlineData("global: {imageRegistry: 'harbor:8443'}", "harbor:8443/tracebloc/metadata-sync:VERSION")]
    [InlineData(
        "global: {imageRegistry: harbor}\nimage: {registry: quay.io, repository: mirror/sync}",
        "quay.io/mirror/sync:VERSION")]
    public async Task A_digest_wins_over_a_tag_and_a_registry_of_its_own_over_the_mirror(string values, string image)
    {
        var chart = await SyncChart.RenderEnabledAsync(values);

        var expected = image.Replace("VERSION", SyncChart.Chart.Version);
        Assert.All(chart.Containers, container => Assert.Equal(expected, container.Image));
        Assert.Equal(2, chart.Containers.Count);
    }

    /// <summary>As build/ stamps it: the one line of its kind.</summary>
    [Fact]
    public void There_is_one_place_for_the_digest_of_a_release() => Assert.Single(
        SyncChart.Chart.Read("values.yaml").Split('\n'), line => line == "  digest: \"\"");
}
