using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>One pass: observes the workloads, asks the registries, plans, applies and reports each image.</summary>
internal sealed class Tick(
    RefreshConfiguration configuration,
    WorkloadApi api,
    RegistryClient registry,
    TimeProvider time,
    ILogger logger,
    IPatchExtension? extension = null)
{
    private const int WorkloadsReadAtOnce = 16;
    private const int WorkloadsRolledAtOnce = 8;

    private readonly RefreshPolicy _policy = RefreshPolicy.Of(configuration);

    public async Task<TickResult> RunAsync(bool dryRun, CancellationToken token)
    {
        var clock = new TickClock(time, configuration);
        var started = clock.Now;
        using var deadline = new Deadline(configuration.TickTimeout, time, token);
        var reader = new WorkloadReader(api, logger, configuration.PullSecrets ? new PullSecretReader(api) : null);
        var rollouts = new RolloutWatch(api, time, logger);
        var refresher = RefresherWith(registry);
        var refreshers = new ConcurrentDictionary<CredentialStore, WorkloadRefresher>();

        var workloads = WorkloadObservation.Of(configuration);
        Log.TickStarted(logger, configuration.Images.Count, workloads.Count);
        var seen = await Throttled.SelectAsync(workloads, WorkloadsReadAtOnce, reader.ObserveAsync, deadline.Token);
        await using var lookups = DigestLookups.Start(registry, seen, clock.Now, logger, deadline.Token);
        var results = await Throttled
            .SelectAsync(seen, WorkloadsRolledAtOnce, lookups.LookUpAsync, RefreshAsync, deadline.Token);
        token.ThrowIfCancellationRequested();
        var sent = registry.Statistics;
        Log.RegistryRequests(logger, sent.RegistryRequests, sent.ManifestDownloads, sent.TokenRequests);
        var images = ImageResult.InOrder(configuration, results);
        return new TickResult(started, clock.Elapsed, images, _policy) { DryRun = dryRun, Workloads = seen };

        async Task<IReadOnlyList<ImageResult>> RefreshAsync(
            WorkloadObservation workload, IReadOnlyList<ImageLookup> found, CancellationToken t)
        {
            if (workload.Seen is not { } state)
                return Unseen(workload, workload.Failure);
            var patcher = new WorkloadPatcher(api, workload.Workload, extension, logger);
            var answer = await ClusterAnswer.OfAsync<IReadOnlyList<ImageResult>>(
                dryRun
                    ? async still => [.. (await RefresherOf(workload).PlanAsync(state, found, still)).Images
                        .Select(ImageResult.Planned)]
                    : still => RefresherOf(workload).RefreshAsync(patcher, state, found, still),
                t);
            return answer.Value ?? Unseen(workload, answer.Unreachable);
        }

        // Evidence that one has fetched it does not fetch again: one for all that have the same credentials.
        WorkloadRefresher RefresherOf(WorkloadObservation workload) => workload.Credentials.Store is { } own
            ? refreshers.GetOrAdd(own, store => RefresherWith(registry.With(store)))
            : refresher;

        WorkloadRefresher RefresherWith(RegistryClient client) =>
            new(reader, rollouts, new EvidenceCollector(client, api, time), _policy, clock);
    }

    /// <summary>The results of a workload that could not be read, or did not have to be.</summary>
    public static IReadOnlyList<ImageResult> Unseen(WorkloadObservation workload, string? failure) =>
    [
        .. workload.Images.Select(image => failure is null || !image.Floats
            ? ImageResult.Of(ImagePlan.Pinned(image))
            : new ImageResult { Image = image, Outcome = Outcome.Unreachable, Message = failure }),
    ];
}
