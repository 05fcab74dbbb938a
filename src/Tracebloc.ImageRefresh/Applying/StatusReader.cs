using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>A tick that only looks: the workloads are read, and the registries are taken at their last word.</summary>
internal sealed class StatusReader(
    RefreshConfiguration configuration, WorkloadApi api, TimeProvider time, ILogger logger)
{
    private const int WorkloadsReadAtOnce = 16;

    private readonly RefreshPolicy _policy = RefreshPolicy.Of(configuration);

    public async Task<TickReport> ReadAsync(CancellationToken token)
    {
        var clock = new TickClock(time, configuration);
        var started = clock.Now;
        using var deadline = new CancellationTokenSource(configuration.TickTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        var reader = new WorkloadReader(api, logger);
        var seen = await Throttled.SelectAsync(
            WorkloadObservation.Of(configuration), WorkloadsReadAtOnce, reader.ObserveAsync, either.Token);
        token.ThrowIfCancellationRequested();
        var images = ImagePlan.InOrder(configuration, seen.Select(workload => Recall(workload, clock.Now)));
        return new TickReport(started, clock.Elapsed, images, _policy) { DryRun = true, IsRecalled = true };
    }

    private IReadOnlyList<ImagePlan> Recall(WorkloadObservation workload, DateTimeOffset now) =>
        workload.Seen is { } seen
            ? Planner.Recall(seen, workload.Images, _policy, now).Images
            : workload.Unseen();
}
