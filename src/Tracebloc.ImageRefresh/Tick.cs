using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Credentials;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>One pass: observe the workloads, ask the registries, plan and apply, report every image.</summary>
internal sealed partial class Tick(
    RefreshConfiguration configuration, WorkloadApi api, RegistryClient registry, TimeProvider time, ILogger logger)
{
    private const int WorkloadsReadAtOnce = 16;
    private const int WorkloadsRolledAtOnce = 8;

    private readonly RefreshPolicy _policy = RefreshPolicy.Of(configuration);

    public async Task<TickReport> RunAsync(bool dryRun, CancellationToken token)
    {
        var clock = new TickClock(time, configuration);
        var started = clock.Now;
        using var deadline = new CancellationTokenSource(configuration.TickTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        var rollouts = new RolloutWatch(api, time, logger);
        var refresher = RefresherWith(registry);
        var refreshers = new ConcurrentDictionary<CredentialStore, WorkloadRefresher>();
        var secrets = configuration.PullSecrets ? new PullSecretReader(api) : null;

        var workloads = WorkloadSighting.Of(configuration);
        Log.TickStarted(logger, configuration.Images.Count, workloads.Count);
        var seen = await Bounded.SelectAsync(workloads, WorkloadsReadAtOnce, ObserveAsync, either.Token);
        await using var inquiry = Inquiry.Start(registry, seen, clock.Now, logger, either.Token);
        var plans = await Bounded
            .SelectAsync(seen, WorkloadsRolledAtOnce, inquiry.SightAsync, RefreshAsync, either.Token);
        token.ThrowIfCancellationRequested();
        var images = ImagePlan.InOrder(configuration, plans);
        return new TickReport(started, clock.Elapsed, images, _policy) { DryRun = dryRun, Workloads = seen };

        Task<WorkloadSighting> ObserveAsync(WorkloadSighting workload, CancellationToken t) =>
            Tick.ObserveAsync(rollouts, secrets, workload, t);

        Task<IReadOnlyList<ImagePlan>> RefreshAsync(
            WorkloadSighting workload, IReadOnlyList<ImageSighting> sightings, CancellationToken t) =>
            RefreshWorkloadAsync(RefresherOf(workload), workload, sightings, dryRun, t);

        // What one has looked up for a gate it does not look up again: one for all that have the same credentials.
        WorkloadRefresher RefresherOf(WorkloadSighting workload) => workload.Credentials.Store is { } own
            ? refreshers.GetOrAdd(own, store => RefresherWith(registry.With(store)))
            : refresher;

        WorkloadRefresher RefresherWith(RegistryClient client) =>
            new(api, rollouts, new EvidenceCollector(client, api), _policy, clock, logger);
    }
}
