using System.Globalization;
using k8s;
using Tracebloc.Benchmarks.Sync;
using Tracebloc.Database;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.JobsManager;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>
/// <c>metadata-sync run</c> between a real API server and a real database, each behind a proxy. The API server seems to
/// have none of the platform's kinds, which others may use meanwhile; gadgets are of a group of the scene's own.
/// </summary>
internal sealed class SyncScene : IAsyncDisposable
{
    private const string Tables = "gadget, gadget_labels, gadget_annotations, sync_errors, sync_leader";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sync-");
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly List<SyncReplica> _started = [], _replicas = [];
    private readonly RealDatabase _database;
    private readonly RealCluster _cluster;
    private readonly IKubernetes _client;
    private readonly DatabaseOptions _options;

    private SyncScene(
        RealCluster cluster, IKubernetes client, RealDatabase database, DatabaseOptions options, Gadgets gadgets)
    {
        (_cluster, _client, _database, _options, Gadgets) = (cluster, client, database, options, gadgets);
        Database = MySqlProxy.Start(database.Port, DatabaseCalls);
    }

    public Gadgets Gadgets { get; }

    public CallCounter DatabaseCalls { get; } = new();

    public CallCounter ApiCalls { get; } = new();

    public MySqlProxy Database { get; }

    public CountingProxy Api { get; private set; } = null!;

    /// <summary>Those that have not been killed or terminated.</summary>
    public IReadOnlyList<SyncReplica> Replicas
    {
        get
        {
            lock (_replicas) return [.. _replicas];
        }
    }

    private string Lease => $"sync-{Gadgets.Kind.Group}";

    private string KubeConfig => Path.Combine(_folder.FullName, "kubeconfig");

    private string Config => Path.Combine(_folder.FullName, "config.yaml");

    /// <param name="cluster">The API server.</param>
    /// <param name="database">The database server.</param>
    /// <param name="hasPlatform">
    /// False: there are tables for gadgets alone, and the program waits for those of the platform's kinds.
    /// </param>
    /// <param name="token">Ends the work.</param>
    /// <param name="further">Kinds beside gadgets, which the test installs.</param>
    public static async Task<SyncScene> StartAsync(
        RealCluster cluster, RealDatabase database, bool hasPlatform, CancellationToken token,
        params IReadOnlyList<Kind> further)
    {
        RealParts.SkipWithout(RealParts.PublishedMetadataSync, RealParts.Cluster);
        var client = await cluster.OpenAsync();
        var gadgets = await Gadgets.InstallAsync(client, cluster.Namespace, token);
        var scene = new SyncScene(cluster, client, database, await database.NewAsync(token), gadgets);
        await scene.ArrangeAsync(hasPlatform ? KindTable.All : [], [gadgets.Kind, .. further], token);
        return scene;
    }

    /// <summary>Starts a replica.</summary>
    public SyncReplica Start(string name)
    {
        var port = FreePort.Next();
        return Started(
            name,
            port,
            [
                "run", "--listen", $"127.0.0.1:{port}", "--lease-namespace", _cluster.Namespace, "--lease-name", Lease,
            ]);
    }

    /// <summary>Starts <c>serve</c>, which answers callers of this machine.</summary>
    public SyncReplica Serve()
    {
        var port = FreePort.Next();
        return Started("serve", port, ["serve", "--listen-api", $"127.0.0.1:{port}", "--allow-loopback"]);
    }

    /// <summary>Compares the objects of a kind with their rows by <c>verify</c>.</summary>
    public Task<ProgramResult> VerifyAsync(Kind kind) => Program(["verify", "--kind", kind.Name]).Result;

    /// <summary>SIGKILL. What it held, it holds until the lease is over, or removed.</summary>
    public async Task KillAsync(SyncReplica replica)
    {
        lock (_replicas) _replicas.Remove(replica);
        await replica.KillAsync();
    }

    /// <summary>SIGTERM.</summary>
    public async Task<ProgramResult> TerminateAsync(SyncReplica replica)
    {
        lock (_replicas) _replicas.Remove(replica);
        return await replica.TerminateAsync();
    }

    /// <summary>Kills every replica, and forgets all objects, rows and calls.</summary>
    public async Task ClearAsync(CancellationToken token)
    {
        foreach (var replica in Replicas) await KillAsync(replica);
        DatabaseCalls.Reset();
        ApiCalls.Reset();
        Database.Forget();
        Api.Forget();
        await Gadgets.ClearAsync(token);
        await DropLeaseAsync(token);
        await QueryAsync(string.Concat(Tables.Split(", ").Select(table => $"DELETE FROM {table};")), token);
    }

    /// <summary>Removes the lease: the next candidate need not wait for the end of a dead one's.</summary>
    public Task DropLeaseAsync(CancellationToken token) => _cluster.KubectlAsync(
        ["delete", "lease", Lease, "--ignore-not-found", "--wait=false"], token);

    /// <summary>The holder of the lease; empty where it is free.</summary>
    public async Task<string> HolderAsync(CancellationToken token)
    {
        var lease = await _client.CoordinationV1.ReadNamespacedLeaseAsync(
            Lease, _cluster.Namespace, cancellationToken: token);
        return lease.Spec.HolderIdentity ?? "";
    }

    /// <summary>The rows of a query in the program's database, a line each.</summary>
    public Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken token) =>
        _database.RunAsync($"USE {_options.Database}; {sql}", token);

    /// <summary>Waits until a condition holds.</summary>
    public static async Task UntilAsync(
        Func<CancellationToken, Task<bool>> condition, Func<string> problem, CancellationToken token)
    {
        using var looks = new PeriodicTimer(Pause, TimeProvider.System);
        using var bound = new Bound(Bound.OfWaits, token);
        await bound.KeepAsync(
            async current =>
            {
                while (!await condition(current)) await looks.WaitForNextTickAsync(current);
                return true;
            },
            problem);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas) await KillAsync(replica);
        // Not before: a question to one that is killed meanwhile has no answer, and is no failure.
        foreach (var replica in _started) replica.Dispose();
        await Gadgets.UninstallAsync();
        Gadgets.Dispose();
        await Api.DisposeAsync();
        await Database.DisposeAsync();
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    private SyncReplica Started(string name, int port, IReadOnlyList<string> arguments)
    {
        var replica = new SyncReplica(name, Program(arguments, ("HOSTNAME", name)), port);
        lock (_replicas)
        {
            _started.Add(replica);
            _replicas.Add(replica);
        }

        return replica;
    }

    private ChildProgram Program(
        IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        PublishedProgram.StartFile(
            RealParts.MetadataSync, [.. arguments, "--config", Config, "--kubeconfig", KubeConfig], environment);

    private async Task ArrangeAsync(
        IReadOnlyList<Kind> platform, IReadOnlyList<Kind> configured, CancellationToken token)
    {
        var (address, authorities, own) = await _cluster.ServerAsync(token);
        Api = await CountingProxy.StartAsync(address, authorities, _certificates, ApiCalls, token);
        Api.Hidden = $"/apis/{KindTable.All[0].Group}";
        await _cluster.WriteKubeConfigAsync(KubeConfig, own, token);
        await new ServeRoute(Api.Address, _certificates.AuthorityPem, Database.Port).WriteToAsync(KubeConfig, token);
        // MySQL takes a password without TLS, as through the proxy, only after a login with TLS.
        var server = await RealDatabase.OpenAsync(_options, token);
        await new SchemaMigration(
            server,
            KindSet.Of([.. platform, .. configured]),
            new DatabaseRetry(TimeProvider.System, () => 0.5),
            new RecordingLogger())
            .RunAsync(token);
        await File.WriteAllTextAsync(Config, Settings(configured), token);
    }

    private string Settings(IReadOnlyList<Kind> kinds) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        metadataStorage: {enableMetadataStorage: true, deletionDelay: 0s}
        mysql:
          host: 127.0.0.1
          port: {{Database.Port}}
          user: {{_options.User}}
          password: {{_options.Password}}
          database: {{_options.Database}}
        ingester: {requeuePeriod: 1s}
        kinds:
        {{string.Join('\n', kinds.Select(SyncKind.Configured))}}
        """);
}
