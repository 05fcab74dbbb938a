using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>No deadline is shorter than the waits inside it, whatever the operator asks for.</summary>
public sealed class DeadlineTests
{
    private const string Name = "acme-image-refresh";

    private const string RollingBack = "imageRefresh: {policy: {onFailure: rollback}}";

    private const string Pinned = "images: {requestsProxy: {digest: " + Pins.Digest + "}}";

    public static TheoryData<string> Values =>
    [
        "",
        "imageRefresh: {rolloutTimeout: 20m}",
        RollingBack,
        "imageRefresh: {rolloutTimeout: 90s, activeDeadlineSeconds: 60}",
        "imageRefresh: {rolloutTimeout: 2h, activeDeadlineSeconds: 3600}",
        Pinned,
        $"{{{Pinned}, imageRefresh: {{rolloutTimeout: 1h}}}}",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_tick_holds_a_rollout_of_each_workload(string values)
    {
        var worker = WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync(values));
        var workloads = worker.Images.Select(image => image.Workload).Distinct().Count();

        Assert.True(worker.TickTimeout >= (worker.RolloutTimeout * workloads) + Deadlines.Headroom);
    }

    [Fact]
    public async Task A_tick_that_may_go_back_holds_that_rollout_as_well()
    {
        var worker = WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync(RollingBack));

        Assert.True(worker.TickTimeout >= (worker.RolloutTimeout * 2 * 2) + Deadlines.Headroom);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_job_holds_a_tick(string values)
    {
        var chart = await Chart.Client.RenderAsync(values);

        Assert.True(chart.CronJob(Name).Deadline > WorkerConfiguration.ReadFrom(chart).TickTimeout);
    }

    [Fact]
    public async Task A_longer_deadline_may_be_asked_for() => Assert.Equal(
        TimeSpan.FromHours(3),
        (await Chart.Client.RenderAsync("imageRefresh: {activeDeadlineSeconds: 10800}")).CronJob(Name).Deadline);
}
