using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Demo;

/// <summary>A registry, a cluster with the jobs-manager, and the program with its configuration in a folder.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private const string Workload = "deployment/acme-jobs-manager";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-refresh-demo-");
    private readonly FakeRegistry _registry;
    private string? _broken;

    private DemoWorld(FakeRegistry registry, FakeKubernetesApi cluster) => (_registry, Cluster) = (registry, cluster);

    public FakeKubernetesApi Cluster { get; }

    public bool RegistryIsAway { get; set; }

    public int Rollouts => Cluster.Rollouts(Workload).Count;

    public int RegistryRequests => _registry.Requests.Count;

    public string Configuration => $"""
        apiVersion: refresh.tracebloc.io/v1
        kind: RefreshConfig
        rolloutTimeout: 20s
        tickTimeout: 5m
        images:
          - name: jobs-manager
            image: {_registry.Host}/tracebloc/jobs-manager:prod
            workload: {Workload}
            action: restart
          - name: ingestor
            image: {_registry.Host}/tracebloc/ingestor:prod
            workload: {Workload}
            action: setEnv
            container: api
            env: INGESTOR_IMAGE_DIGEST

        """;

    public static async Task<DemoWorld> StartAsync(CancellationToken token)
    {
        var registry = await FakeRegistry.StartAsync(cancellationToken: token);
        var cluster = await FakeKubernetesApi.StartAsync(cancellationToken: token);
        var world = new DemoWorld(registry, cluster);
        registry.When(_ => world.RegistryIsAway, FakeReply.Of(503));
        world.Push("jobs-manager", "1.9");
        var ingestor = world.Push("ingestor", "0.8");
        cluster.Add(Some.Deployment("acme-jobs-manager")
            .Container("api", $"{registry.Host}/tracebloc/jobs-manager:prod", ("INGESTOR_IMAGE_DIGEST", ingestor))
            .Container("pods-monitor-container", "docker.io/tracebloc/pods-monitor:prod"));
        cluster.OnRollout(
            Workload, rollout => world.IsBroken(rollout) ? RolloutBehaviour.Crashes : RolloutBehaviour.Completes);
        await File.WriteAllTextAsync(world.PathOf("refresh.yaml"), world.Configuration, token);
        await File.WriteAllTextAsync(world.PathOf("kubeconfig"), cluster.Kubeconfig, token);
        return world;
    }

    public string Push(string image, string version)
    {
        _broken = null;
        return _registry.Push($"tracebloc/{image}", "prod", version);
    }

    public void PushBroken(string image, string version)
    {
        var digest = Push(image, version);
        _broken = image == "ingestor" ? digest : image;
    }

    /// <summary>Both images go back where their rollout fails; a restart says by which container.</summary>
    public void GoBackOnFailure() => File.WriteAllText(
        PathOf("refresh.yaml"),
        Configuration
            .Replace("action: restart\n", "action: restart\n    onFailure: rollback\n    container: api\n")
            .Replace("action: setEnv\n", "action: setEnv\n    onFailure: rollback\n"));

    public void HelmResetsTheIngestor() => Cluster.Edit(
        Workload,
        deployment => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] =
            _registry.Push("tracebloc/ingestor", "0.8", "0.8"),
        manager: "helm");

    /// <summary>Runs the program as an operator would: a process of its own, and its output as it comes.</summary>
    public async Task<BufferedCommandResult> TickAsync(CancellationToken token)
    {
        _registry.ClearRequests();
        Cluster.ClearCalls();
        var program = Path.Combine(AppContext.BaseDirectory, "image-refresh.dll");
        return await Cli.Wrap("dotnet")
            .WithArguments([program, "run", "--config", PathOf("refresh.yaml"), "--kubeconfig", PathOf("kubeconfig")])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(token);
    }

    public IEnumerable<(string Key, string Value)> Annotations() => Cluster.Get(Workload)["metadata"]!["annotations"]!
        .AsObject()
        .Select(annotation => (annotation.Key, annotation.Value!.GetValue<string>()))
        .Where(annotation => annotation.Key.StartsWith("tracebloc.io/", StringComparison.Ordinal))
        .OrderBy(annotation => annotation.Key, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // The broken jobs-manager is what its tag stands for; the broken ingestor, the variable's value.
    private bool IsBroken(FakeRollout rollout) => _broken == "jobs-manager"
        || (_broken is not null && rollout.Variable("api", "INGESTOR_IMAGE_DIGEST") == _broken);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
