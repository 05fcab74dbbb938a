using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh.Tests;
using Tracebloc.ImageRefresh.Tests.Pin;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary><c>image-refresh pin</c> and the templates mean the same images by the same values.</summary>
public sealed class PinnedValuesTests
{
    private const string Mirror = "global: {imageRegistry: 'harbor.example.com:8443'}";

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "", "env: {CLIENT_ENV: dev}")]
    [InlineData("", "", "env: {CLIENT_ENV: staging}")]
    [InlineData(", tag: '0.3'", ", tag: '8.4'", Mirror)]
    [InlineData(", repository: acme/ingestor", ", repository: docker.io/tracebloc/mysql-client", Mirror)]
    [InlineData(", repository: quay.io/acme/ingestor", ", repository: tracebloc/mysql-client", Mirror)]
    public async Task What_is_asked_for_is_what_runs(string ingestor, string mysql, string others)
    {
        var values = $"{ImagesWith(ingestor, mysql)}{others}\n";

        Assert.Equal(ImagesOf(await Chart.Client.RenderAsync(values)), PinOf.Images(values));
    }

    [Fact]
    public async Task What_is_pinned_runs_at_its_digest() => Assert.All(
        ImagesOf(await Chart.Client.RenderAsync(PinOf.Pinned(ImagesWith("", "")))),
        image => Assert.EndsWith($"@{Some.A}", image));

    private static string ImagesWith(string ingestor, string mysql) => $$"""
        images:
          jobsManager: {digest: ""}
          podsMonitor: {digest: ""}
          requestsProxy: {digest: ""}
          ingestor: {digest: ""{{ingestor}}}
          mysqlClient: {digest: ""{{mysql}}}

        """;

    /// <summary>In the order of the values. The ingestor's image is an environment's, for the Jobs to come.</summary>
    private static IEnumerable<string> ImagesOf(Rendering chart)
    {
        var manager = chart.Deployment("acme-jobs-manager");
        var api = manager.Container("api");
        var (tag, digest) = (api.Value("INGESTOR_IMAGE_TAG"), api.Value("INGESTOR_IMAGE_DIGEST"));
        return
        [
            api.Image,
            manager.Container("pods-monitor-container").Image,
            chart.Deployment("acme-requests-proxy").Container("proxy").Image,
            api.Value("INGESTOR_IMAGE_REPOSITORY") + (digest.Length == 0 ? $":{tag}" : $"@{digest}"),
            chart.Deployment("mysql-client").Container("mysql-client").Image,
        ];
    }
}
