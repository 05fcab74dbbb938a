using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>One pass: observe the workloads, ask the registries, plan and apply, report every image.</summary>
internal sealed partial class Tick(
    RefreshConfiguration configuration, WorkloadApi api, RegistryClient registry, TimeProvider time, ILogger logger)
{
    private const int WorkloadsReadAtOnce = 16;
    private const int WorkloadsRolledAtOnce = 8;

    private readonly RefreshPolicy _policy = new(
        configuration.FailureThreshold, configuration.MaxRefreshAttempts, configuration.RolloutTimeout);

    public async Task<TickReport> RunAsync(bool dryRun, CancellationToken token)
    {
        var clock = new TickClock(time, configuration);
        var started = clock.Now;
        using var deadline = new CancellationTokenSource(configuration.TickTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        var rollouts = new RolloutWatch(api, time, logger);
        var evidence = new EvidenceCollector(registry, api);
        var refresher = new WorkloadRefresher(api, rollouts, evidence, _policy, clock, logger);

        var workloads = Workloads();
        Log.TickStarted(logger, configuration.Images.Count, workloads.Count);
        var seen = await ForEachAsync(workloads, WorkloadsReadAtOnce, ObserveAsync);
        var answers = await ResolveAsync(seen, clock.Now, either.Token);
        var plans = await ForEachAsync(seen, WorkloadsRolledAtOnce, RefreshAsync);
        token.ThrowIfCancellationRequested();
        return new TickReport(started, clock.Elapsed, dryRun, InOrder(plans.SelectMany(each => each)), _policy);

        Task<IReadOnlyList<TOut>> ForEachAsync<TIn, TOut>(
            IReadOnlyList<TIn> items, int limit, Func<TIn, CancellationToken, Task<TOut>> work) =>
            Bounded.SelectAsync(items, limit, work, either.Token);

        Task<WorkloadSighting> ObserveAsync(WorkloadSighting workload, CancellationToken t) =>
            Tick.ObserveAsync(refresher, workload, t);

        Task<IReadOnlyList<ImagePlan>> RefreshAsync(WorkloadSighting workload, CancellationToken t) =>
            RefreshWorkloadAsync(refresher, workload, Sightings(workload, answers), dryRun, t);
    }

    private List<WorkloadSighting> Workloads() =>
    [
        .. configuration.Images
            .GroupBy(image => image.Workload)
            .Select(group => new WorkloadSighting(group.Key, [.. group])),
    ];

    private List<ImagePlan> InOrder(IEnumerable<ImagePlan> plans)
    {
        var byName = plans.ToDictionary(plan => plan.Image.Name);
        return [.. configuration.Images.Select(image => byName[image.Name])];
    }
}
