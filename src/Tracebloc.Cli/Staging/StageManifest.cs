using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Pods;

namespace Tracebloc.Cli.Staging;

/// <summary>
/// The staging pod as it is created, in the restricted profile of the Pod Security Standards. It runs as the pods of
/// runs do, which move what it writes.
/// </summary>
internal static class StageManifest
{
    /// <summary>The only container.</summary>
    public const string Container = "stage";

    /// <summary>The ingestor in its image, which has no shell and no PATH to look it up in.</summary>
    public const string Program = "/program";

    /// <summary>The ingestor's verb that receives files.</summary>
    public const string Verb = "stage";

    /// <exception cref="CliException">jobs-manager knows no image of the ingestor.</exception>
    public static NewPod Of(StageTarget target, string name, StageDeadlines deadlines) => new(
        ResourceType.Pods.ApiVersion,
        ResourceType.Pods.Kind,
        new V1ObjectMeta
        {
            Name = name,
            Namespace = target.Release.Namespace,
            Labels = new Dictionary<string, string>
            {
                [StageNames.ManagedBy] = StageNames.Manager,
                [StageNames.Component] = StageNames.Stage,
                [StageNames.Table] = StageNames.Label(target.Table),
            },
            Annotations = new Dictionary<string, string>
            {
                [StageNames.Table] = target.Table,
                ["tracebloc.io/created-by"] = $"tracebloc {ProgramVersion.Text}",
            },
        },
        Spec(target, deadlines));

    private static V1PodSpec Spec(StageTarget target, StageDeadlines deadlines) => new()
    {
        RestartPolicy = "Never",
        ActiveDeadlineSeconds = (long)deadlines.Life.TotalSeconds,
        TerminationGracePeriodSeconds = 1,
        ServiceAccountName = target.Account,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        RuntimeClassName = target.Release.RuntimeClass,
        NodeSelector = target.Release.NodeSelector.Count == 0 ? null : target.Release.NodeSelector,
        ImagePullSecrets = target.Release.PullSecret is { } secret ? [new V1NameReference(secret)] : null,
        SecurityContext = V1PodSecurity.Restricted(
            target.Release.User, target.Release.Group, target.Release.HasFixedUser),
        Containers = [ContainerOf(target.Release, target.Folder)],
        Volumes =
        [
            new V1Volume { Name = "data", PersistentVolumeClaim = new V1ClaimVolume(target.Release.Claim) },
            new V1Volume { Name = "scratch", EmptyDir = new V1EmptyVolume() },
        ],
    };

    private static V1Container ContainerOf(Release release, string folder) => new()
    {
        Name = Container,
        Image = ImageOf(release),
        ImagePullPolicy = V1Container.PullPolicyOf(ImageOf(release)),
        // Each stream starts a program of its own in the container; this one ends the pod when none does any more.
        Args = [Verb, "--wait", "--folder", folder],
        Resources = new V1Resources(
            new Dictionary<string, string> { ["cpu"] = "100m", ["memory"] = "128Mi" },
            new Dictionary<string, string> { ["cpu"] = "2", ["memory"] = "512Mi" }),
        SecurityContext = V1ContainerSecurity.Restricted,
        VolumeMounts = [new V1VolumeMount("data", DataVolume.MountPath), new V1VolumeMount("scratch", "/tmp")],
    };

    private static string ImageOf(Release release) => release.Image ?? throw new CliException(
        CliExit.Staging,
        $"Image of the ingestor is unknown: Deployment {release.Deployment} in namespace {release.Namespace} names "
        + "none; upgrade the client chart");
}
