using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>With global.imageRegistry nothing is pulled from, or asked of, anywhere else.</summary>
public sealed class MirrorTests
{
    private const string Values = "global: {imageRegistry: 'harbor.example.com:8443'}";

    [Fact]
    public async Task Every_image_is_pulled_from_the_mirror() => Assert.All(
        (await Chart.Client.RenderAsync(Values)).Containers,
        container => Assert.StartsWith("harbor.example.com:8443/tracebloc/", container.Image));

    [Fact]
    public async Task Image_refresh_asks_the_mirror_that_pods_pull_from()
    {
        var worker = WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync(Values));

        Assert.Equal(
            [
                "harbor.example.com:8443/tracebloc/jobs-manager:prod",
                "harbor.example.com:8443/tracebloc/pods-monitor:prod",
                "harbor.example.com:8443/tracebloc/jobs-manager:prod",
                "harbor.example.com:8443/tracebloc/ingestor:prod",
            ],
            worker.Images.Select(image => $"{image.Image}"));
    }

    [Fact]
    public async Task Jobs_are_told_to_pull_from_it()
    {
        var api = (await Chart.Client.RenderAsync(Values)).Deployment("acme-jobs-manager").Container("api");

        Assert.Equal("harbor.example.com:8443/", api.Value("JOB_IMAGE_HOST"));
        Assert.Equal("harbor.example.com:8443/tracebloc/ingestor", api.Value("INGESTOR_IMAGE_REPOSITORY"));
    }

    [Fact]
    public async Task A_registry_that_the_operator_names_stays()
    {
        var chart = await Chart.Client.RenderAsync(
            $"{{{Values}, images: {{ingestor: {{repository: ghcr.io/acme/ingestor}}}}}}");

        Assert.Equal(
            "ghcr.io/acme/ingestor",
            chart.Deployment("acme-jobs-manager").Container("api").Value("INGESTOR_IMAGE_REPOSITORY"));
        Assert.Equal("ghcr.io/acme/ingestor:prod", $"{WorkerConfiguration.ReadFrom(chart).Images[^1].Image}");
    }

    [Fact]
    public async Task Its_own_authority_is_trusted_for_it()
    {
        var worker = WorkerConfiguration.ReadFrom(
            await Chart.Client.RenderAsync($"{{{Values}, caBundle: company-authorities}}"));

        Assert.NotNull(worker.Registries["harbor.example.com:8443"].CaFile);
    }
}
