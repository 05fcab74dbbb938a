using System.Net;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>The cluster with what stands around it and what it holds releases to. All but it goes with this.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly string[] Claims = ["client-pvc", "client-logs-pvc", "mysql-pvc"];

    private readonly Parts _parts;
    private readonly Narrator _narrator;
    private readonly Kubectl _kubectl;
    private readonly List<Release> _releases = [];
    private Surroundings? _surroundings;

    private World(Parts parts, Narrator narrator)
    {
        (_parts, _narrator) = (parts, narrator);
        _kubectl = new Kubectl(parts.KubeConfig, "default");
    }

    public Surroundings Around => _surroundings ?? throw new InvalidOperationException("Nothing has been set up.");

    /// <summary>The published command line.</summary>
    public string CommandLine => _parts.CommandLine;

    /// <summary>The chart of metadata-sync, packaged.</summary>
    public string SyncChart => Around.Charts.Sync;

    /// <summary>The folder behind a release's claim of data sets.</summary>
    public string VolumeOf(Release release) => Around.MakeVolume($"{release.Kubectl.Namespace}-client-pvc");

    public static async Task<World> SetUpAsync(Parts parts, Narrator narrator, CancellationToken cancellationToken)
    {
        var world = new World(parts, narrator);
        try
        {
            await world.SetUpAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>A release, installed with the values that all have and those in the file of its name.</summary>
    public async Task<Release> InstallAsync(string name, CancellationToken cancellationToken)
    {
        var release = await MakeRoomAsync(name, cancellationToken);
        var values = Manifest.Read(
            "values",
            ("USERNAME", RealRegistry.Credentials.Username), ("PASSWORD", RealRegistry.Credentials.Password));
        var own = Manifest.Read(
            name,
            ("REPOSITORY", Around.Charts.Url), ("KEY", Around.Signing.PublicKey), ("COLLECTOR", Around.Inbox.Url),
            ("CENTRAL", $"{release.Backend.Address}"), ("MANAGER", Around.ManagerDigest));
        await release.InstallAsync(Around.Charts.Current, values + own, cancellationToken);
        return release;
    }

    /// <summary>The namespace of a release, with what it is installed into.</summary>
    public async Task<Release> MakeRoomAsync(string name, CancellationToken cancellationToken)
    {
        var backend = await Around.ServeBackendAsync(cancellationToken);
        var release = new Release(name, _parts, new StoryReporter(_narrator, name)) { Backend = backend };
        _releases.Add(release);
        await MakeRoomAsync(release.Kubectl, cancellationToken);
        return release;
    }

    /// <summary>Without a token: what was made must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var release in _releases)
            await release.RemoveAsync(CancellationToken.None);
        await _kubectl.RunAsync(
            ["delete", "persistentvolume", "--selector=app.kubernetes.io/part-of=tracebloc-e2e", "--wait=false"],
            CancellationToken.None);
        await _kubectl.RunAsync(
            ["delete", "--filename=-", "--ignore-not-found"], CancellationToken.None, Manifest.Read("pod-security"));
        if (_surroundings is not null)
            await _surroundings.DisposeAsync();
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        var address = await _kubectl.RunAsync(
            ["get", "nodes", "--output=jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}"],
            cancellationToken);
        _narrator.Say("world", $"the registry, the chart repository and their images, at {address}");
        _surroundings = await Surroundings.StartAsync(_parts, IPAddress.Parse(address), cancellationToken);
        await ApplyAsync(_kubectl, Manifest.Read("pod-security"), cancellationToken);
    }

    /// <summary>A namespace held to the restricted profile, its volumes, the servers' authority, a webhook.</summary>
    private async Task MakeRoomAsync(Kubectl kubectl, CancellationToken cancellationToken)
    {
        var space = kubectl.Namespace;
        // What a run that was killed has left would bring its volumes along.
        await kubectl.RunAsync(
            ["delete", "namespace", space, "--ignore-not-found", "--request-timeout=2m"], cancellationToken);
        await ApplyAsync(kubectl, Manifest.Read("namespace", ("NAMESPACE", space)), cancellationToken);
        foreach (var claim in Claims)
            await ApplyAsync(
                kubectl,
                Manifest.Read(
                    "volume",
                    ("NAMESPACE", space), ("CLAIM", claim), ("FOLDER", Around.MakeVolume($"{space}-{claim}"))),
                cancellationToken);
        await kubectl.RunAsync(
            ["create", "configmap", "e2e-authorities", $"--from-file=ca.crt={Around.Registry.CaFile}"],
            cancellationToken);
        await kubectl.RunAsync(
            [
                "create", "secret", "generic", "e2e-webhook",
                $"--from-literal=url={Around.Inbox.Url}{Inbox.Webhook}",
            ],
            cancellationToken);
    }

    private static Task ApplyAsync(Kubectl kubectl, string manifest, CancellationToken cancellationToken) =>
        kubectl.RunAsync(["apply", "--filename=-"], cancellationToken, manifest);
}
