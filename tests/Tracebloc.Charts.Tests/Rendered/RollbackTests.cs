using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class RollbackTests
{
    private const string Values = "imageRefresh: {policy: {onFailure: rollback}}";

    [Fact]
    public async Task What_failed_stays_by_default() => Assert.All(
        WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync()).Images,
        image => Assert.Equal(OnFailure.Keep, image.OnFailure));

    [Fact]
    public async Task Every_image_goes_back_and_a_restarted_one_by_the_container_that_runs_it()
    {
        var chart = await Chart.Client.RenderAsync(Values);
        var images = WorkerConfiguration.ReadFrom(chart).Images;

        Assert.Equal(4, images.Count);
        Assert.All(images, image => Assert.Equal(OnFailure.Rollback, image.OnFailure));
        var restarted = images.Where(image => image.Action is RefreshAction.Restart).ToList();
        Assert.Equal(3, restarted.Count);
        Assert.All(restarted, image => Assert.Equal($"{image.Image}", ImageOf(chart, image)));
    }

    [Fact]
    public async Task It_takes_no_permission_more()
    {
        var rule = Assert.Single((await Chart.Client.RenderAsync(Values)).RoleOf("Role", "acme-image-refresh").Rules);

        Assert.Equal(["get", "patch"], rule.Verbs);
        Assert.Equal(["deployments"], rule.Resources);
    }

    private static string ImageOf(Rendering chart, TrackedImage image)
    {
        var (deployment, container) = (image.Workload.Name, ((RefreshAction.Restart)image.Action).Container);
        Assert.NotNull(container);
        return chart.Deployment(deployment).Container(container).Image;
    }
}
