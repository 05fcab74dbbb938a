using System.Globalization;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Pods;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The pod of a run, in the restricted profile of the Pod Security Standards.</summary>
internal static class RunPod
{
    /// <summary>The only container.</summary>
    public const string Container = "ingestor";

    private const string Specification = "/etc/tracebloc/ingest";

    private const string Authorities = "/etc/tracebloc/database";

    public static V1PodTemplate Of(IngestionRun run, PodSettings settings, RunNames names, string verb) => new()
    {
        Metadata = new V1ObjectMeta { Labels = RunNames.Labels(run), Annotations = RunNames.Annotations(run) },
        Spec = new V1PodSpec
        {
            RestartPolicy = "Never",
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            RuntimeClassName = settings.RuntimeClass,
            NodeSelector = settings.NodeSelector.Count == 0 ? null : settings.NodeSelector,
            ImagePullSecrets = settings.PullSecret is { } secret ? [new V1NameReference(secret)] : null,
            SecurityContext = V1PodSecurity.Restricted(settings.User, settings.Group, settings.HasFixedUser),
            Containers = [ContainerOf(run, settings, names, verb)],
            Volumes = [.. Volumes(settings, names)],
        },
    };

    private static IEnumerable<V1Volume> Volumes(PodSettings settings, RunNames names)
    {
        yield return new V1Volume { Name = "data", PersistentVolumeClaim = new V1ClaimVolume(settings.Claim) };
        yield return new V1Volume { Name = "specification", ConfigMap = new V1NameReference(names.ConfigMap) };
        yield return new V1Volume { Name = "scratch", EmptyDir = new V1EmptyVolume() };
        if (settings.DatabaseAuthorities is { } authorities)
            yield return new V1Volume { Name = "database-ca", ConfigMap = new V1NameReference(authorities) };
    }

    private static IEnumerable<V1VolumeMount> Mounts(PodSettings settings)
    {
        yield return new V1VolumeMount("data", "/data/shared");
        yield return new V1VolumeMount("specification", Specification, ReadOnly: true);
        yield return new V1VolumeMount("scratch", "/tmp");
        if (settings.DatabaseAuthorities is not null)
            yield return new V1VolumeMount("database-ca", Authorities, ReadOnly: true);
    }

    private static V1Container ContainerOf(
        IngestionRun run, PodSettings settings, RunNames names, string verb) => new()
        {
            Name = Container,
            Image = run.Image,
            ImagePullPolicy = V1Container.PullPolicyOf(run.Image),
            Args = [verb],
            Env = [.. Variables(run, settings, names)],
            Resources = new V1Resources(settings.Requests, settings.Limits),
            SecurityContext = V1ContainerSecurity.Restricted,
            VolumeMounts = [.. Mounts(settings)],
        };

    private static IEnumerable<V1Variable> Variables(IngestionRun run, PodSettings settings, RunNames names)
    {
        yield return new V1Variable("INGEST_CONFIG", $"{Specification}/{RunManifests.SpecificationFile}");
        yield return Secret("BACKEND_TOKEN", names.Secret);
        yield return new V1Variable("BACKEND_URL", settings.ProxyUrl);
        yield return new V1Variable("MYSQL_HOST", settings.MysqlHost);
        yield return new V1Variable("MYSQL_PORT", Number(settings.MysqlPort));
        if (settings.DatabaseAuthorities is not null)
            yield return new V1Variable("MYSQL_SSL_CA", $"{Authorities}/ca.crt");
        yield return new V1Variable("CLIENT_ENV", settings.Environment);
        yield return new V1Variable("TRACEBLOC_INGEST_CORRELATION_ID", run.Key.Text);
        yield return Secret("DB_USER", settings.DatabaseSecret);
        yield return Secret("DB_PASSWORD", settings.DatabaseSecret);
        if (run.Request.Parallelism > 1)
            yield return new V1Variable("TRACEBLOC_INGEST_SHARDS", Number(run.Request.Parallelism));
        if (run.Request.Overwrite)
            yield return new V1Variable("TRACEBLOC_INGEST_OVERWRITE", "1");
    }

    private static V1Variable Secret(string name, string secret) =>
        new(name, null, new V1VariableSource(new V1SecretKey(secret, name)));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
