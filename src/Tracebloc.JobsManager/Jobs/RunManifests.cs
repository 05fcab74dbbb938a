using Tracebloc.Configuration;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The objects of a run as they are created.</summary>
internal static class RunManifests
{
    public const string SpecificationFile = "ingest.yaml";

    public const string TokenKey = "BACKEND_TOKEN";

    /// <summary>The exit code of an ingestor whose input is wrong.</summary>
    private const int Usage = 2;

    private const int Retries = 3;

    public static V1Job Job(IngestionRun run, PodSettings settings)
    {
        var parallelism = run.Request.Parallelism;
        var names = RunNames.OfRun(run);
        return Of(run, names, Spec(run, settings, names, "run") with
        {
            Parallelism = parallelism,
            Completions = parallelism,
            CompletionMode = parallelism > 1 ? "Indexed" : null,
        });
    }

    /// <summary>The Job that takes the run back.</summary>
    public static V1Job UndoJob(IngestionRun run, PodSettings settings)
    {
        var names = RunNames.OfUndo(run);
        return Of(run, names, Spec(run, settings, names, "undo"));
    }

    public static V1ConfigMap ConfigMap(IngestionRun run, RunNames names, string jobUid) => new()
    {
        ApiVersion = ResourceType.ConfigMaps.ApiVersion,
        Kind = ResourceType.ConfigMaps.Kind,
        Metadata = Metadata(run, names.ConfigMap) with { OwnerReferences = [Owner(names, jobUid)] },
        Data = new Dictionary<string, string> { [SpecificationFile] = run.Request.Specification },
    };

    public static V1Secret Secret(IngestionRun run, RunNames names, string jobUid, Secret token) => new()
    {
        ApiVersion = ResourceType.Secrets.ApiVersion,
        Kind = ResourceType.Secrets.Kind,
        Metadata = Metadata(run, names.Secret) with { OwnerReferences = [Owner(names, jobUid)] },
        Type = "Opaque",
        StringData = new Dictionary<string, string> { [TokenKey] = token.Reveal() },
    };

    private static V1Job Of(IngestionRun run, RunNames names, V1JobSpec spec) => new()
    {
        ApiVersion = ResourceType.Jobs.ApiVersion,
        Kind = ResourceType.Jobs.Kind,
        Metadata = Metadata(run, names.Job),
        Spec = spec,
    };

    private static V1JobSpec Spec(IngestionRun run, PodSettings settings, RunNames names, string verb) => new()
    {
        Parallelism = 1,
        Completions = 1,
        BackoffLimit = Retries,
        PodReplacementPolicy = "Failed",
        PodFailurePolicy = new V1PodFailurePolicy(
            [new V1PodFailureRule("FailJob", new V1ExitCodes(RunPod.Container, "In", [Usage]))]),
        Template = RunPod.Of(run, settings, names, verb),
    };

    private static V1ObjectMeta Metadata(IngestionRun run, string name) => new()
    {
        Name = name,
        Namespace = run.Namespace,
        Labels = RunNames.Labels(run),
        Annotations = RunNames.Annotations(run),
    };

    private static V1OwnerReference Owner(RunNames names, string jobUid) => new()
    {
        ApiVersion = ResourceType.Jobs.ApiVersion,
        Kind = ResourceType.Jobs.Kind,
        Name = names.Job,
        Uid = jobUid,
    };
}
