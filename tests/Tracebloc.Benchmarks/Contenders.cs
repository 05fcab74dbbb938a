namespace Tracebloc.Benchmarks;

/// <summary>Who takes part in a scenario.</summary>
internal sealed class Contenders(Parts parts, Stage stage, Scenario scenario)
{
    public const string Product = "image-refresh", Script = "script", Bare = "bare", BareLoop = "bare loop";

    /// <summary>The product against the API server, or against what stands in front of it.</summary>
    public Contender ImageRefresh(string kubeConfig) => new(
        Product,
        parts.ImageRefresh, "run", "--kubeconfig", kubeConfig,
        "--config", stage.Write($"{scenario.Name}.yaml", stage.Configuration(scenario)));

    public IReadOnlyList<Contender> All() => scenario.IsUsual
        ? [ImageRefresh(parts.KubeConfig), ByHand(), OneHeadAndOneGet()]
        : [ImageRefresh(parts.KubeConfig), AllHeadsAtOnce()];

    /// <summary>The same job: it fails unless everything is equal.</summary>
    private Contender ByHand()
    {
        var authorities = string.Concat(stage.Registries.Select(registry => File.ReadAllText(registry.CaFile)));
        return new Contender(Script, Parts.RefreshByHand)
        {
            Environment = new Dictionary<string, string>
            {
                ["KUBECONFIG"] = parts.KubeConfig,
                ["NAMESPACE"] = stage.Kubectl.Namespace,
                ["CA_FILE"] = stage.Write("registries.crt", authorities),
            },
            Input = () => string.Concat(scenario.Images.Select(
                image => $"{image.Name} {stage.Reference(image)} deployment/{image.Workload}\n")),
        };
    }

    private Contender OneHeadAndOneGet()
    {
        var authority = stage.Write("cluster.crt", stage.Cluster.CaPem);
        var path = $"/apis/apps/v1/namespaces/{stage.Kubectl.Namespace}/deployments/{scenario.Images[0].Workload}";
        var get = $"GET {new Uri(stage.Cluster.Server, path)} {authority} {stage.Cluster.Token}\n";
        return new Contender(Bare, parts.Bare) { Input = () => Head(scenario.Images[0]) + get };
    }

    private Contender AllHeadsAtOnce() => new(BareLoop, parts.Bare, "--at-once")
    {
        Input = () => string.Concat(scenario.Images.Select(Head)),
    };

    private string Head(TrackedImage image)
    {
        var registry = stage.Registries[image.Registry];
        var url = $"https://{registry.Host}/v2/{image.Repository}/manifests/{TrackedImage.Tag}";
        return $"HEAD {url} {registry.CaFile} {registry.IssueToken(image.Repository)}\n";
    }
}
