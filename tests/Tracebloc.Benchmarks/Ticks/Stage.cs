using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Benchmarks.Ticks;

/// <summary>Two real registries, a namespace in the real cluster and a folder; only the cluster outlives it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tracebloc-benchmark-");

    private Stage(Kubectl kubectl) => Kubectl = kubectl;

    public Kubectl Kubectl { get; }

    public Cluster Cluster { get; private set; } = new(new Uri("https://127.0.0.1"), "", "");

    public IReadOnlyList<RealRegistry> Registries { get; private set; } = [];

    public static Task<Stage> SetUpAsync(string kubeConfig, CancellationToken cancellationToken) => SetUp.OfAsync(
        new Stage(new Kubectl(kubeConfig, $"benchmark-{Guid.NewGuid():n}"[..20])),
        stage => stage.SetUpAsync(cancellationToken));

    /// <returns>The path of an empty folder.</returns>
    public string Folder(string name) => folder.CreateSubdirectory(name).FullName;

    /// <returns>The file's path.</returns>
    public string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>
    /// The requests all servers received so far; the API server's are counted by the proxy before it.
    /// </summary>
    public async Task<Traffic> CountAsync(CountingProxy api, CancellationToken cancellationToken)
    {
        var requests = new List<string>();
        foreach (var registry in Registries)
            requests.AddRange(await registry.RequestsAsync(cancellationToken));
        return new Traffic(
            api.Calls.Count(call => call.Method == "GET"),
            api.Calls.Count(call => call.Method != "GET"),
            requests.Count,
            Registries.Sum(registry => registry.TokenRequests.Count),
            requests.Count(line => line.Contains("\"GET ", StringComparison.Ordinal)
                && line.Contains("/manifests/", StringComparison.Ordinal)));
    }

    /// <summary>Without a token: what was made must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        await Kubectl.RunAsync(
            ["delete", "namespace", Kubectl.Namespace, "--wait=false", "--ignore-not-found"], CancellationToken.None);
        foreach (var registry in Registries)
            await registry.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        Cluster = await Cluster.ReadAsync(Kubectl, cancellationToken);
        await Kubectl.RunAsync(["create", "namespace", Kubectl.Namespace], cancellationToken);
        while (Registries.Count < 2)
            Registries = [.. Registries, await RealRegistry.StartAsync(cancellationToken: cancellationToken)];
    }
}
