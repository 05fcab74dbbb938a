using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Applying;

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
        var reader = new WorkloadReader(api, logger);
        var rollouts = new RolloutWatch(api, time, logger);
        var refresher = RefresherWith(registry);
        var refreshers = new ConcurrentDictionary<CredentialStore, WorkloadRefresher>();
        var secrets = configuration.PullSecrets ? new PullSecretReader(api) : null;

        var workloads = WorkloadObservation.Of(configuration);
        Log.TickStarted(logger, configuration.Images.Count, workloads.Count);
        var seen = await Throttled.SelectAsync(workloads, WorkloadsReadAtOnce, ObserveAsync, either.Token);
        await using var lookups = DigestLookups.Start(registry, seen, clock.Now, logger, either.Token);
        var plans = await Throttled
            .SelectAsync(seen, WorkloadsRolledAtOnce, lookups.SightAsync, RefreshAsync, either.Token);
        token.ThrowIfCancellationRequested();
        var images = ImagePlan.InOrder(configuration, plans);
        return new TickReport(started, clock.Elapsed, images, _policy) { DryRun = dryRun, Workloads = seen };

        Task<WorkloadObservation> ObserveAsync(WorkloadObservation workload, CancellationToken t) =>
            Tick.ObserveAsync(reader, secrets, workload, t);

        Task<IReadOnlyList<ImagePlan>> RefreshAsync(
            WorkloadObservation workload, IReadOnlyList<ImageLookup> sightings, CancellationToken t) =>
            RefreshWorkloadAsync(RefresherOf(workload), workload, sightings, dryRun, t);

        // What one has looked up for a gate it does not look up again: one for all that have the same credentials.
        WorkloadRefresher RefresherOf(WorkloadObservation workload) => workload.Credentials.Store is { } own
            ? refreshers.GetOrAdd(own, store => RefresherWith(registry.With(store)))
            : refresher;

        WorkloadRefresher RefresherWith(RegistryClient client) =>
            new(api, reader, rollouts, new EvidenceCollector(client, api), _policy, clock, logger);
    }
}
