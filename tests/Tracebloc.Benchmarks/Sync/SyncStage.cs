using System.Globalization;
using Tracebloc.Benchmarks.Submit;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>
/// A namespace with objects of a kind of its own, and databases. The objects are put into etcd, and go from it, without
/// the API server, which creates a few hundred a second.
/// </summary>
internal sealed class SyncStage : IAsyncDisposable
{
    private const int ObjectsAtOnce = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracebloc-benchmark-");
    private readonly HashSet<string> _databases = [];
    private readonly SyncParts _parts;
    private readonly MySqlClient _mySql;
    private readonly Kubectl _kubectl;
    private readonly EtcdStore _etcd;
    private string _kubeConfig;
    private int _port;

    private SyncStage(SyncParts parts, MySqlClient mySql, Kind kind)
    {
        (_parts, _mySql, Kind, _etcd) = (parts, mySql, kind, new EtcdStore(parts.Etcd));
        _kubectl = new Kubectl(parts.KubeConfig, $"benchmark-{Guid.NewGuid():n}"[..20]);
        (_kubeConfig, _port) = (parts.KubeConfig, mySql.Port);
    }

    public Kind Kind { get; }

    public string Namespace => _kubectl.Namespace;

    /// <summary>Objects were added.</summary>
    public bool HasObjects { get; private set; }

    public HttpClient Http { get; private set; } = new();

    public Cluster? Cluster { get; private set; }

    public ApiClient Api => new(Http, Kind, Namespace);

    public MySqlClient MySql => _mySql;

    public static async Task<SyncStage> SetUpAsync(SyncParts parts, string kind, CancellationToken token)
    {
        var mySql = await MySqlClient.ReadAsync(parts.MySqlScript, isMariaDb: false, token);
        return await SetUp.OfAsync(new SyncStage(parts, mySql, SyncKind.Of(kind)), stage => stage.SetUpAsync(token));
    }

    /// <summary>Adds objects.</summary>
    public async Task AddAsync(int count, bool isHeld, CancellationToken token)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = token };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count).Chunk(ObjectsAtOnce),
            options,
            async (places, current) => await _etcd.PutAsync(places.Select(place => Entry(place, isHeld)), current));
        HasObjects = true;
    }

    /// <summary>From now on <see cref="StartAsync"/> reaches the cluster and the database by other ways.</summary>
    public async Task ReachAsync(Cluster cluster, int port, CancellationToken token)
    {
        (_kubeConfig, _port) = (Path.Combine(_folder.FullName, "kubeconfig"), port);
        await File.WriteAllTextAsync(_kubeConfig, cluster.ToKubeConfig(), token);
    }

    public void ReachDirectly() => (_kubeConfig, _port) = (_parts.KubeConfig, _mySql.Port);

    /// <summary>Makes a database with the tables of the kind.</summary>
    public async Task MakeDatabaseAsync(string name, CancellationToken token)
    {
        _databases.Add(name);
        await _mySql.RunAsync(
            $"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name} CHARACTER SET utf8mb4", token);
        await RunAsync(["migrate", "--config", await ConfigureAsync(name, token)], token);
    }

    /// <summary>Starts <c>metadata-sync run</c>.</summary>
    public async Task<SyncProcess> StartAsync(string database, CancellationToken token)
    {
        var config = await ConfigureAsync(database, token);
        return new SyncProcess(Kind, ServerProcess.Start(_parts.MetadataSync, port =>
        [
            "run", "--config", config, "--kubeconfig", _kubeConfig, "--lease-namespace", Namespace,
            "--listen", $"127.0.0.1:{port}",
        ]));
    }

    /// <summary>Starts <c>metadata-sync serve</c>.</summary>
    public async Task<ServerProcess> ServeAsync(string database, CancellationToken token)
    {
        var config = await ConfigureAsync(database, token);
        var server = ServerProcess.Start(_parts.MetadataSync, port =>
        [
            "serve", "--config", config, "--kubeconfig", _parts.KubeConfig, "--allow-loopback",
            "--listen-api", $"127.0.0.1:{port}",
        ]);
        await server.ReadyAsync(token, $"apis/{Kind.GroupVersion}/{Kind.Plural}?limit=1");
        return server;
    }

    /// <summary>Compares all objects with their rows.</summary>
    /// <returns>The number of lines of the answer that are differences; 0 where it is clean.</returns>
    public async Task<int> VerifyAsync(string database, CancellationToken token)
    {
        var (code, lines) = await SyncProcess.RunAsync(
            _parts.MetadataSync,
            [
                "verify", "--config", await ConfigureAsync(database, token), "--kubeconfig", _parts.KubeConfig,
                "--kind", Kind.Name,
            ],
            token);
        return code == 0 ? 0 : Math.Max(1, lines.Count);
    }

    public DatabaseOptions OptionsOf(string database) => new()
    {
        Host = "127.0.0.1",
        Port = _mySql.Port,
        User = "root",
        Password = _mySql.Password,
        Database = database,
    };

    /// <summary>Without a token: what was made must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        await _etcd.RemoveAsync(Prefix, CancellationToken.None);
        await _kubectl.RunAsync(
            ["delete", "crd", $"{Kind.Plural}.{Kind.Group}", "--timeout=30s", "--ignore-not-found"],
            CancellationToken.None);
        await _kubectl.RunAsync(
            ["delete", "namespace", Namespace, "--wait=false", "--ignore-not-found"], CancellationToken.None);
        foreach (var database in _databases)
            await _mySql.RunAsync($"DROP DATABASE IF EXISTS {database}", CancellationToken.None);
        _etcd.Dispose();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Prefix => $"/registry/{Kind.Group}/{Kind.Plural}/{Namespace}/";

    private async Task SetUpAsync(CancellationToken token)
    {
        Cluster = await Cluster.ReadAsync(_kubectl, token);
        Http = Cluster.ToClient("benchmark");
        await _kubectl.RunAsync(["create", "namespace", Namespace], token);
        await _kubectl.RunAsync(["apply", "-f", "-"], token, SyncKind.Definition(Kind));
        await _kubectl.RunAsync(
            ["wait", "--for=condition=Established", "--timeout=30s", $"crd/{Kind.Plural}.{Kind.Group}"], token);
    }

    private (string Key, string Value) Entry(int place, bool isHeld) => (
        $"{Prefix}{SampleObject.NameOf(place)}",
        SampleObject.Make(Kind, Namespace, place, Guid.NewGuid(), isHeld).ToJsonString());

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken token)
    {
        var (code, lines) = await SyncProcess.RunAsync(_parts.MetadataSync, arguments, token);
        if (code != 0) throw new InvalidOperationException($"{arguments[0]}: exit {code}: {string.Join('\n', lines)}");
    }

    private async Task<string> ConfigureAsync(string database, CancellationToken token)
    {
        var path = Path.Combine(_folder.FullName, $"{database}.yaml");
        await File.WriteAllTextAsync(
            path,
            $"""
            metadataStorage:
              enableMetadataStorage: true
              deletionDelay: 1s
            mysql:
              host: 127.0.0.1
              port: {_port.ToString(CultureInfo.InvariantCulture)}
              user: root
              password: "{_mySql.Password}"
              database: {database}
            kinds:
            {SyncKind.Configured(Kind)}

            """,
            token);
        return path;
    }
}
