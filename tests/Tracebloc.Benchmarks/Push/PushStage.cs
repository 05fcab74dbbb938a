using System.Net;
using Tracebloc.Benchmarks.Submit;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks.Push;

/// <summary>A release in the cluster: a namespace, a volume that is a folder of this machine, and a database.</summary>
internal sealed class PushStage : IAsyncDisposable
{
    // Where the ingestor writes data sets, whatever the release.
    private const string Datasets = "training_test_datasets";

    private const string Limit = "--timeout=25s";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("push-benchmark-");
    private readonly PushParts _parts;
    private readonly Kubectl _kubectl;
    private readonly MySqlClient _database;
    private RawServer? _relay;
    private QuickBackend? _backend;

    private PushStage(PushParts parts, MySqlClient database)
    {
        (_parts, _database) = (parts, database);
        _kubectl = new Kubectl(parts.Servers.KubeConfig, $"benchmark-{Guid.NewGuid():n}"[..20]);
    }

    public string Namespace => _kubectl.Namespace;

    public string KubeConfig => _kubectl.KubeConfig;

    /// <summary>A folder for what goes with it.</summary>
    public DirectoryInfo Scratch => _folder.CreateSubdirectory("scratch");

    public static async Task<PushStage> SetUpAsync(PushParts parts, CancellationToken token)
    {
        var database = await MySqlClient.ReadAsync(parts.Servers.MySqlScript, isMariaDb: false, token);
        return await SetUp.OfAsync(new PushStage(parts, database), stage => stage.SetUpAsync(token));
    }

    /// <summary>A place on the volume.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, "volume", name);

    /// <summary>Makes an empty folder on the volume where pods can write.</summary>
    public string Make(string name)
    {
        Remove(name);
        return Open(Directory.CreateDirectory(this[name])).FullName;
    }

    /// <summary>Removes a folder of the volume.</summary>
    public void Remove(string name)
    {
        if (Directory.Exists(this[name])) Directory.Delete(this[name], recursive: true);
    }

    /// <summary>Without a token: what was made must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        // The folder of the volume must not go before the pods that write to it.
        await _kubectl.RunAsync(
            ["delete", "namespace", Namespace, "--ignore-not-found", "--request-timeout=2m"], CancellationToken.None);
        await _kubectl.RunAsync(
            ["delete", "persistentvolume,clusterrolebinding", "--selector", PushManifest.Label, "--wait=false"],
            CancellationToken.None);
        await _database.RunAsync(
            $"DROP DATABASE IF EXISTS {Name}; DROP DATABASE IF EXISTS {Datasets}; DROP USER IF EXISTS {Name}",
            CancellationToken.None);
        if (_relay is not null) await _relay.DisposeAsync();
        if (_backend is not null) await _backend.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Name => Namespace.Replace('-', '_');

    private async Task SetUpAsync(CancellationToken token)
    {
        Open(Directory.CreateDirectory(this["."]));
        var address = await _kubectl.RunAsync(
            ["get", "nodes", "--output=jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}"], token);
        _relay = TcpRelay.Start(IPAddress.Parse(address), _database.Port);
        _backend = await QuickBackend.StartAsync(IPAddress.Parse(address), token);
        await _database.RunAsync($"CREATE DATABASE {Name}; CREATE DATABASE IF NOT EXISTS {Datasets}", token);
        await _database.AddAccountAsync(Name, "not-a-password", token);
        await _database.RunAsync($"GRANT ALL ON {Datasets}.* TO {Name}", token);
        var images = new NodeImages(_parts, Scratch);
        var manifest = new PushManifest(
            Namespace,
            this["."],
            new PushImages(
                await images.AddAsync("ghcr.io/tracebloc/jobs-manager", _parts.Servers.JobsManager, token),
                await images.AddAsync("ghcr.io/tracebloc/ingestor", _parts.Servers.Ingestor, token),
                await images.AddToolsAsync("example.com/tools", token)),
            (address, _relay.Port, Name),
            _backend.Address);
        await _kubectl.RunAsync(["create", "namespace", Namespace], token);
        await _kubectl.RunAsync(["apply", "--filename=-"], token, $"{manifest}");
        await _kubectl.RunAsync(["rollout", "status", $"deployment/{PushManifest.Deployment}", Limit], token);
        await _kubectl.RunAsync(["wait", "--for=condition=Ready", $"pod/{PushManifest.Receiver}", Limit], token);
    }

    private static DirectoryInfo Open(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = (UnixFileMode)0b111_111_111;
        return folder;
    }
}
