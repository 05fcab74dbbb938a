using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Rendered;
using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>What the chart promises about signatures, auto-upgrade and the network, each by its own claim.</summary>
public sealed class FindingTests
{
    /// <summary>A restart pulls the tag, which may refer to something else by then: finding 7.</summary>
    [Theory]
    [InlineData(VerificationTests.ByKey)]
    [InlineData(VerificationTests.ByIdentity)]
    public async Task Every_verified_image_is_held_by_its_digest(string values)
    {
        var chart = await Chart.Client.RenderAsync(values);
        var actions = WorkerConfiguration.ReadFrom(chart).Images.Select(image => (image.Workload.Name, image.Action));

        Assert.Equal(
            [
                ("acme-jobs-manager", new RefreshAction.SetImage("api")),
                ("acme-jobs-manager", new RefreshAction.SetImage("pods-monitor-container")),
                ("acme-requests-proxy", new RefreshAction.SetImage("proxy")),
                ("acme-jobs-manager", new RefreshAction.SetEnv("api", "INGESTOR_IMAGE_DIGEST")),
            ],
            actions);
    }
}
