using k8s;
using Tracebloc.Judge;
using Tracebloc.Testing.Backend;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>One release of the chart in a namespace of its own.</summary>
internal sealed class Release
{
    public Release(string name, Parts parts, StoryReporter reporter)
    {
        (Name, Reporter) = (name, reporter);
        Folder = Directory.CreateDirectory(Path.Combine(parts.Output, name)).FullName;
        Kubectl = new Kubectl(parts.KubeConfig, NamespaceOf(name));
        Helm = new Helm(parts.KubeConfig, Kubectl.Namespace, Path.Combine(parts.Output, "helm"));
        Refreshes = new Ticks(Kubectl, $"{name}-image-refresh", reporter, Folder);
        Upgrades = new Ticks(Kubectl, $"{name}-auto-upgrade", reporter, Folder);
    }

    public string Name { get; }

    /// <summary>Its logs and manifests are left here.</summary>
    public string Folder { get; }

    public StoryReporter Reporter { get; }

    public Kubectl Kubectl { get; }

    public Helm Helm { get; }

    public Ticks Refreshes { get; }

    public Ticks Upgrades { get; }

    /// <summary>Its central backend.</summary>
    public required FakeBackend Backend { get; init; }

    private string Values => Path.Combine(Folder, "values.yaml");

    public static string NamespaceOf(string release) => $"e2e-{release}";

    public async Task InstallAsync(string chart, string values, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Values, values, cancellationToken);
        Reporter.Say($"$ helm install {Name} {Path.GetFileName(chart)} --values values.yaml --wait");
        var notes = await Helm.RunAsync(
            cancellationToken, "install", Name, chart, "--values", Values, "--wait", "--timeout=3m");
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.txt"), notes, cancellationToken);
        Reporter.Say("installed");
    }

    /// <summary>With the operator's values file.</summary>
    public async Task UpgradeAsync(string chart, CancellationToken cancellationToken, params string[] options)
    {
        Reporter.Say(
            $"$ helm upgrade {Name} {Path.GetFileName(chart)} --values values.yaml {string.Join(' ', options)}");
        await Helm.RunAsync(
            cancellationToken, ["upgrade", Name, chart, "--values", Values, "--wait", "--timeout=3m", .. options]);
    }

    /// <summary>Runs the chart's own tests.</summary>
    public async Task TestAsync(CancellationToken cancellationToken)
    {
        Reporter.Say($"$ helm test {Name}");
        var result = await Helm.StartAsync(["test", Name, "--timeout=2m"], cancellationToken);
        Reporter.Claim("the chart's own tests pass", result.IsSuccess, result.StandardError);
    }

    public async Task<Workload> WorkloadAsync(string name, CancellationToken cancellationToken)
    {
        using var client = await Official.OpenAsync(Kubectl.KubeConfig);
        return new(Official.ToJson(await client.AppsV1.ReadNamespacedDeploymentAsync(
            $"{Name}-{name}", Kubectl.Namespace, cancellationToken: cancellationToken)));
    }

    /// <summary>The digests that run now, by the node's word, of the containers with this name.</summary>
    public async Task<string> RunningAsync(string container, CancellationToken cancellationToken) =>
        string.Join(", ", (await Kubectl.ListAsync(Kind.Pods, cancellationToken))
            .Where(pod => pod["metadata"]?["deletionTimestamp"] is null)
            .SelectMany(pod => pod["status"]?["containerStatuses"]?.AsArray() ?? [])
            .Where(status => (string?)status?["name"] == container)
            .Select(status => ((string?)status?["imageID"] ?? "").Split('@')[^1])
            .Distinct());

    /// <summary>Uninstalls it, and leaves what there was for whoever has to find out what went wrong.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        await Helm.RunAsync(cancellationToken, "uninstall", Name, "--ignore-not-found", "--wait", "--timeout=2m");
        await Kubectl.RunAsync(
            ["delete", "namespace", Kubectl.Namespace, "--ignore-not-found", "--wait=false"], cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await SaveAsync("objects.yaml", ["get", "all,events,configmaps,roles,pvc", "--output=yaml"], cancellationToken);
        await SaveAsync("events.txt", ["get", "events", "--sort-by=.lastTimestamp"], cancellationToken);
        await SaveAsync("pods.txt", ["describe", "pods"], cancellationToken);
        try
        {
            var manifest = await Helm.RunAsync(cancellationToken, "get", "manifest", Name);
            await File.WriteAllTextAsync(Path.Combine(Folder, "manifest.yaml"), manifest, cancellationToken);
        }
        catch (InvalidOperationException missing)
        {
            Reporter.Say(missing.Message);
        }
    }

    private async Task SaveAsync(string file, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await File.WriteAllTextAsync(
            Path.Combine(Folder, file), await Kubectl.RunAsync(arguments, cancellationToken), cancellationToken);
}
