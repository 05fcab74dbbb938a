using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Pods;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The Job that deletes a data set: its pod is a run's, with volume and database, and no backend.</summary>
internal static class DeletionManifests
{
    /// <summary>The annotation with the table.</summary>
    public const string TableAnnotation = "tracebloc.io/deleted-table";

    private const string Verb = "delete";

    private const string Specification = "specification";

    private const int Usage = 2;

    private const int Retries = 3;

    // One that failed stays for its log.
    private const int Week = 7 * 24 * 60 * 60;

    private static readonly string[] OfRunsAlone =
        ["INGEST_CONFIG", "BACKEND_TOKEN", "BACKEND_URL", "CLIENT_ENV", "TRACEBLOC_INGEST_CORRELATION_ID"];

    public static V1Job Job(DatasetDeletion deletion, PodSettings settings)
    {
        var metadata = new V1ObjectMeta
        {
            // The label lets the pod through the network policy of runs; without their annotation it is none.
            Labels = new Dictionary<string, string>
            {
                [RunNames.Label] = deletion.JobName,
                [RunNames.ManagedBy] = RunNames.Manager,
            },
            Annotations = new Dictionary<string, string> { [TableAnnotation] = deletion.Table },
        };
        return new V1Job
        {
            ApiVersion = ResourceType.Jobs.ApiVersion,
            Kind = ResourceType.Jobs.Kind,
            Metadata = metadata with { Name = deletion.JobName, Namespace = deletion.Namespace },
            Spec = new V1JobSpec
            {
                Parallelism = 1,
                Completions = 1,
                BackoffLimit = Retries,
                PodReplacementPolicy = "Failed",
                TtlSecondsAfterFinished = Week,
                PodFailurePolicy = new V1PodFailurePolicy(
                    [new V1PodFailureRule("FailJob", new V1ExitCodes(RunPod.Container, "In", [Usage]))]),
                Template = Template(deletion, settings) with { Metadata = metadata },
            },
        };
    }

    private static V1PodTemplate Template(DatasetDeletion deletion, PodSettings settings)
    {
        var template = RunPod.Of(RunOf(deletion), settings, new RunNames(deletion.JobName, "", ""), Verb);
        var spec = template.Spec ?? new V1PodSpec();
        return template with
        {
            Spec = spec with
            {
                Containers = [.. (spec.Containers ?? []).Select(container => container with
                {
                    Args = [Verb, deletion.Table],
                    Env = [.. (container.Env ?? []).Where(each => !OfRunsAlone.Contains(each.Name))],
                    VolumeMounts = [.. (container.VolumeMounts ?? []).Where(each => each.Name != Specification)],
                })],
                Volumes = [.. (spec.Volumes ?? []).Where(each => each.Name != Specification)],
            },
        };
    }

    private static IngestionRun RunOf(DatasetDeletion deletion) => new()
    {
        Request = new RunRequest
        {
            Key = RunKey.TryParse(deletion.Id, out var key)
                ? key : throw new InvalidOperationException($"{deletion.Id} is no key."),
            Table = deletion.Table,
            Intent = "",
            Category = "",
            Specification = "",
            ContentDigest = "",
            Caller = deletion.Caller,
        },
        Namespace = deletion.Namespace,
        Image = deletion.Image,
        AcceptedAt = deletion.RequestedAt,
    };
}
