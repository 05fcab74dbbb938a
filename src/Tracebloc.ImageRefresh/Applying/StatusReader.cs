using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>A tick that only looks: the workloads are read, and the registries are taken at their last word.</summary>
internal sealed class StatusReader(
    RefreshConfiguration configuration, WorkloadApi api, TimeProvider time, ILogger logger)
{
    private const int WorkloadsReadAtOnce = 16;

    private readonly RefreshPolicy _policy = RefreshPolicy.Of(configuration);

    public async Task<TickResult> ReadAsync(CancellationToken token)
    {
        var clock = new TickClock(time, configuration);
        var started = clock.Now;
        using var deadline = new Deadline(configuration.TickTimeout, time, token);
        var reader = new WorkloadReader(api, logger);
        var seen = await Throttled.SelectAsync(
            WorkloadObservation.Of(configuration), WorkloadsReadAtOnce, reader.ObserveAsync, deadline.Token);
        token.ThrowIfCancellationRequested();
        var images = ImageResult.InOrder(configuration, seen.Select(workload => ResultsOf(workload, clock.Now)));
        return new TickResult(started, clock.Elapsed, images, _policy) { DryRun = true, IsFromRecords = true };
    }

    private IReadOnlyList<ImageResult> ResultsOf(WorkloadObservation workload, DateTimeOffset now) =>
        workload.Seen is { } seen
            ? [.. Planner.PlanFromRecords(seen, workload.Images, _policy, now).Images.Select(ImageResult.Planned)]
            : Tick.Unseen(workload, workload.Failure);
}
