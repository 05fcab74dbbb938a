namespace Tracebloc.Charts.Tests.Harness;

/// <summary>An object that makes pods, and the pod it makes.</summary>
internal sealed class Workload(Manifest manifest)
{
    private static readonly IReadOnlyDictionary<string, string> PathToPod = new Dictionary<string, string>
    {
        ["Deployment"] = "spec.template",
        ["DaemonSet"] = "spec.template",
        ["StatefulSet"] = "spec.template",
        ["Job"] = "spec.template",
        ["CronJob"] = "spec.jobTemplate.spec.template",
    };

    public static IReadOnlyList<string> Kinds { get; } = [.. PathToPod.Keys, "Pod"];

    public Manifest Manifest { get; } = manifest;

    public string Id => Manifest.Id;

    public Node Spec => Manifest["spec"];

    /// <summary>The spec of the Job that a CronJob makes.</summary>
    public Node Job => Manifest.At("spec.jobTemplate.spec");

    public TimeSpan Deadline => TimeSpan.FromSeconds(int.Parse(Job["activeDeadlineSeconds"].Text));

    public Node PodMetadata => Template["metadata"];

    public Node Pod => Template["spec"];

    public IReadOnlyList<Container> InitContainers => Containers("initContainers");

    public IReadOnlyList<Container> MainContainers => Containers("containers");

    public IReadOnlyList<Container> AllContainers => [.. InitContainers, .. MainContainers];

    public IReadOnlyList<Node> Volumes => Pod["volumes"].Items;

    public string ServiceAccount => Pod["serviceAccountName"].Text;

    private Node Template => PathToPod.TryGetValue(Manifest.Kind, out var path)
        ? Manifest.At(path)
        : Manifest.Root;

    public Container Container(string name) => AllContainers.Single(container => container.Name == name);

    private IReadOnlyList<Container> Containers(string key) => [.. Pod[key].Items.Select(item => new Container(item))];
}
