using Tracebloc.Configuration;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Tests;
using Tracebloc.Kubernetes;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>Runs between a real database and a real API server. Pods have no node: a test plays the kubelet.</summary>
internal sealed class RunsOnServers : IDisposable
{
    private readonly RealCluster _cluster;
    private readonly KubernetesClient _client;

    private RunsOnServers(RealCluster cluster, RunStore store)
    {
        (_cluster, Store) = (cluster, store);
        _client = new KubernetesClient(
            ClusterConnection.Find(cluster.KubeConfig, null, _ => null), TimeProvider.System);
        Objects = new RunObjects(_client, Some.Pods, _ => new Secret("a token"));
    }

    public RunStore Store { get; }

    public RunObjects Objects { get; }

    public RecordingLogger Log { get; } = new();

    public static async Task<RunsOnServers> StartAsync(
        RealCluster cluster, RealDatabase database, CancellationToken token)
    {
        var options = await database.NewAsync(token);
        var store = new RunStore(await RealDatabase.OpenAsync(options, token));
        await store.MigrateAsync(token);
        return new RunsOnServers(cluster, store);
    }

    public RunFollower NewFollower()
    {
        var lookout = new RunLookout(_client, _cluster.Namespace);
        var announcer = new RunAnnouncer(
            new EventApi(_client, _cluster.Namespace, RunNames.Manager), "test", TimeProvider.System, Log);
        return new RunFollower(
            Store,
            new RunCare(Store, Objects, lookout, announcer, TimeProvider.System, Log),
            new RunPurge(Store, Objects, new RunLimits(200, TimeSpan.FromDays(30)), TimeProvider.System, Log),
            lookout, TimeProvider.System, Log);
    }

    public async Task<IngestionRun> AddAsync(string key, CancellationToken token)
    {
        var run = StoredRuns.New(key, _cluster.Namespace);
        Assert.True(await Store.TryAddAsync(run, token));
        return run;
    }

    public async Task<IngestionRun> RowAsync(IngestionRun run, CancellationToken token) =>
        await Store.FindAsync(run.Key, token) ?? throw new InvalidOperationException($"Run {run.Key} has no row.");

    public async Task<IngestionRun> ResyncAsync(IngestionRun run, CancellationToken token)
    {
        using var follower = NewFollower();
        await follower.ResyncAsync(token);
        return await RowAsync(run, token);
    }

    /// <summary>Looks until the row is as wanted: controllers take their time.</summary>
    public Task<IngestionRun> UntilAsync(
        IngestionRun run, Func<IngestionRun, bool> isWanted, CancellationToken token) =>
        UntilAsync(run, row => Task.FromResult(isWanted(row)), token);

    /// <inheritdoc cref="UntilAsync(IngestionRun, Func{IngestionRun, bool}, CancellationToken)"/>
    public async Task<IngestionRun> UntilAsync(
        IngestionRun run, Func<IngestionRun, Task<bool>> isWanted, CancellationToken token)
    {
        using var bound = new Bound(Bound.OfWaits, token);
        var last = run;
        return await bound.KeepAsync(
            async current =>
            {
                while (!await isWanted(last)) last = await ResyncAsync(run, current);
                return last;
            },
            () => $"the row is {last}");
    }

    public void Dispose() => _client.Dispose();
}
