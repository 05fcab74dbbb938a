using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing.Backend;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>The servers around the cluster on this machine: a registry with public names, charts, an inbox.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private const string GitHub = "ghcr.io", DockerHub = "registry-1.docker.io", Trusted = "authority";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracebloc-e2e-");
    private readonly ConcurrentStack<IAsyncDisposable> _servers = new();
    private readonly Parts _parts;
    private readonly IPAddress _address;
    private RealRegistry? _registry;
    private ChartRepository? _charts;
    private Signing? _signing;
    private Inbox? _inbox;

    private Surroundings(Parts parts, IPAddress address) => (_parts, _address) = (parts, address);

    public RealRegistry Registry => _registry ?? throw new InvalidOperationException("The registry does not run.");

    public ChartRepository Charts => _charts ?? throw new InvalidOperationException("The repository does not run.");

    public Signing Signing => _signing ?? throw new InvalidOperationException("Nobody signs yet.");

    public Inbox Inbox => _inbox ?? throw new InvalidOperationException("Nobody listens yet.");

    /// <summary>The digest of the product's own jobs-manager; other releases run a stand-in.</summary>
    public string ManagerDigest { get; private set; } = "";

    /// <summary>The chart that submits data sets, packaged.</summary>
    public string IngestorChart => Charts.Ingestor;

    public StandIns StandIns => new(Registry, _parts.Roots);

    public static async Task<Surroundings> StartAsync(
        Parts parts, IPAddress address, CancellationToken cancellationToken)
    {
        var surroundings = new Surroundings(parts, address);
        try
        {
            await surroundings.ServeAsync(cancellationToken);
            await surroundings.PushProductAsync(cancellationToken);
            return surroundings;
        }
        catch
        {
            await surroundings.DisposeAsync();
            throw;
        }
    }

    /// <summary>A central backend for one release.</summary>
    public async Task<FakeBackend> ServeBackendAsync(CancellationToken cancellationToken)
    {
        var backend = await FakeBackend.StartAsync(
            new() { Listen = _address, HostName = _address.ToString() }, cancellationToken);
        backend.Account = ("e2e", "not-a-password");
        _servers.Push(backend);
        return backend;
    }

    /// <summary>Restarts the API server, and waits until it serves.</summary>
    public Task RestartApiAsync(CancellationToken cancellationToken) =>
        RunAsync(_parts.ClusterScript, ["restart-api"], cancellationToken);

    /// <summary>A folder where every user may write, as a provisioner would make it.</summary>
    public string MakeVolume(string name)
    {
        var volume = _folder.CreateSubdirectory(name);
        volume.UnixFileMode = (UnixFileMode)0b111_111_111;
        return volume.FullName;
    }

    /// <summary>
    /// Moves the ingestor's tag to its image for the node's platform alone: the same program, another digest.
    /// </summary>
    /// <returns>The digest that the tag has now.</returns>
    public async Task<string> PushIngestorForOnePlatformAsync(CancellationToken cancellationToken)
    {
        await CopyAsync("ingestor", "e2e", all: false, cancellationToken);
        return await DigestAsync("ingestor", "e2e", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        while (_servers.TryPop(out var server))
            await server.DisposeAsync();
        _signing?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        _registry = await RealRegistry.StartAsync(
            new RealRegistryOptions
            {
                PublicNames = [_address.ToString(), GitHub, DockerHub],
                IsPrivate = repository => repository is not (StandIns.Ingestor or StandIns.Manager),
            },
            cancellationToken);
        _servers.Push(_registry);
        _servers.Push(await RegistryFront.StartAsync(_registry, _address, cancellationToken));
        _charts = await ChartRepository.StartAsync(_parts.Charts, _address, _registry, cancellationToken);
        _servers.Push(_charts);
        _inbox = await Inbox.StartAsync(_address, _registry, cancellationToken);
        _servers.Push(_inbox);
        _signing = new Signing(_registry);
        foreach (var host in (string[])[GitHub, "docker.io"])
            await RunAsync(
                _parts.ClusterScript, ["registry", host, _address.ToString(), _registry.CaFile], cancellationToken);
    }

    /// <summary>The indexes that the charts name, under each chart's version; the ingestion story's apart.</summary>
    private async Task PushProductAsync(CancellationToken cancellationToken)
    {
        File.Copy(Registry.CaFile, Path.Combine(_folder.CreateSubdirectory(Trusted).FullName, "ca.crt"));
        await File.WriteAllTextAsync(LoginFile, Login().ToJsonString(), cancellationToken);
        foreach (var name in (string[])["image-refresh", "chart-upgrade"])
            foreach (var chart in (string[])[Charts.Current, Charts.Next])
                await CopyAsync(name, ChartRepository.VersionOf(chart), all: true, cancellationToken);
        await CopyAsync("ingestor", "e2e", all: true, cancellationToken);
        await CopyAsync("jobs-manager", "e2e", all: true, cancellationToken);
        await CopyAsync("metadata-sync", "e2e", all: true, cancellationToken);
        ManagerDigest = await DigestAsync("jobs-manager", "e2e", cancellationToken);
    }

    private Task CopyAsync(string name, string tag, bool all, CancellationToken cancellationToken) => RunAsync(
        "skopeo",
        [
            "copy", all ? "--multi-arch=all" : "--multi-arch=system", "--quiet", $"--dest-authfile={LoginFile}",
            $"--dest-cert-dir={Path.Combine(_folder.FullName, Trusted)}",
            $"oci-archive:{Path.Combine(_parts.Images, name)}.tar", $"docker://{_address}/tracebloc/{name}:{tag}",
        ],
        cancellationToken);

    private Task<string> DigestAsync(string name, string tag, CancellationToken cancellationToken) => RunAsync(
        "skopeo",
        [
            "inspect", "--no-tags", "--format={{.Digest}}", $"--authfile={LoginFile}",
            $"--cert-dir={Path.Combine(_folder.FullName, Trusted)}", $"docker://{_address}/tracebloc/{name}:{tag}",
        ],
        cancellationToken);

    private string LoginFile => Path.Combine(_folder.FullName, "login.json");

    private JsonObject Login() => new()
    {
        ["auths"] = new JsonObject
        {
            [_address.ToString()] = new JsonObject { ["auth"] = RealRegistry.Credentials.Header.Split(' ')[1] },
        },
    };

    private static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await Cli.Wrap(program).WithArguments(arguments).ExecuteBufferedAsync(cancellationToken))
            .StandardOutput.Trim();
}
