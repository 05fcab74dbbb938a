using System.Net;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>The servers around the cluster on this machine: a registry with public names, charts, an inbox.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private const string GitHub = "ghcr.io", DockerHub = "registry-1.docker.io";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracebloc-e2e-");
    private readonly Stack<IAsyncDisposable> _servers = new();
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

    /// <summary>A folder where every user may write, as a provisioner would make it.</summary>
    public string MakeVolume(string name)
    {
        var volume = _folder.CreateSubdirectory(name);
        volume.UnixFileMode = (UnixFileMode)0b111_111_111;
        return volume.FullName;
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
                IsPrivate = repository => repository != StandIns.Ingestor,
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

    /// <summary>The indexes that the chart names, under the version of each chart.</summary>
    private async Task PushProductAsync(CancellationToken cancellationToken)
    {
        var trusted = _folder.CreateSubdirectory("authority").FullName;
        File.Copy(Registry.CaFile, Path.Combine(trusted, "ca.crt"));
        var login = Path.Combine(_folder.FullName, "login.json");
        await File.WriteAllTextAsync(login, Login().ToJsonString(), cancellationToken);
        foreach (var name in (string[])["image-refresh", "chart-upgrade"])
            foreach (var chart in (string[])[Charts.Current, Charts.Next])
                await RunAsync(
                    "skopeo",
                    [
                        "copy", "--all", "--quiet", $"--dest-authfile={login}", $"--dest-cert-dir={trusted}",
                        $"oci-archive:{Path.Combine(_parts.Images, name)}.tar",
                        $"docker://{_address}/tracebloc/{name}:{ChartRepository.VersionOf(chart)}",
                    ],
                    cancellationToken);
    }

    private JsonObject Login() => new()
    {
        ["auths"] = new JsonObject
        {
            [_address.ToString()] = new JsonObject { ["auth"] = RealRegistry.Credentials.Header.Split(' ')[1] },
        },
    };

    private static async Task RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await Cli.Wrap(program).WithArguments(arguments).ExecuteBufferedAsync(cancellationToken);
}
