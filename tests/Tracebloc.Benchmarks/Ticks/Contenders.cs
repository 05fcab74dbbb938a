namespace Tracebloc.Benchmarks.Ticks;

/// <summary>The contenders of a scenario.</summary>
internal sealed class Contenders(TickParts parts, Stage stage, Scenario scenario)
{
    public const string Product = "image-refresh", Script = "script", Bare = "bare", BareLoop = "bare loop";

    private const string PublicAuthorities = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>
    /// The public authorities as the product's image holds them: one file. .NET loads them with the first chain that it
    /// builds, whomever that chain may trust, and from a machine's folder of links each of them twice.
    /// </summary>
    private readonly Dictionary<string, string?> asInImage = new()
    {
        ["SSL_CERT_FILE"] = PublicAuthorities,
        ["SSL_CERT_DIR"] = stage.Folder("no-more-authorities"),
    };

    /// <summary>The product against the API server, or against what stands in front of it.</summary>
    public Contender ImageRefresh(string kubeConfig) => new(
        Product,
        parts.ImageRefresh, "run", "--kubeconfig", kubeConfig,
        "--config", stage.Write($"{scenario.Name}.yaml", stage.Configuration(scenario)))
    {
        Environment = asInImage,
    };

    public IReadOnlyList<Contender> All() => scenario.IsUsual
        ? [ImageRefresh(parts.KubeConfig), ByHand(), OneHeadAndOneGet()]
        : [ImageRefresh(parts.KubeConfig), AllHeadsAtOnce()];

    /// <summary>
    /// The same job: it fails unless everything is equal. Trusts the public authorities too, as whoever asks Docker Hub
    /// and as the other contenders.
    /// </summary>
    private Contender ByHand()
    {
        var files = stage.Registries.Select(registry => registry.CaFile).Prepend(PublicAuthorities);
        var authorities = string.Concat(files.Select(File.ReadAllText));
        return new Contender(Script, TickParts.RefreshByHand)
        {
            Environment = new Dictionary<string, string?>
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
        return new Contender(Bare, parts.Bare)
        {
            Environment = asInImage,
            Input = () => Head(scenario.Images[0]) + get,
        };
    }

    private Contender AllHeadsAtOnce() => new(BareLoop, parts.Bare, "--at-once")
    {
        Environment = asInImage,
        Input = () => string.Concat(scenario.Images.Select(Head)),
    };

    private string Head(TrackedImage image)
    {
        var registry = stage.Registries[image.Registry];
        var url = $"https://{registry.Host}/v2/{image.Repository}/manifests/{TrackedImage.Tag}";
        return $"HEAD {url} {registry.CaFile} {registry.IssueToken(image.Repository)}\n";
    }
}
