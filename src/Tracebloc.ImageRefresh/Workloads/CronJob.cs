using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The parts of a CronJob (batch/v1 or batch/v1beta1) that a refresh reads.</summary>
internal sealed record CronJob
{
    [JsonRequired] public string ApiVersion { get; init; } = "";

    [JsonRequired] public WorkloadMetadata Metadata { get; init; } = new();

    [JsonRequired] public CronJobSpec Spec { get; init; } = new();

    /// <summary>The pod template of its Jobs as that of a workload. There is no selector and no rollout.</summary>
    public Workload ToWorkload() => new()
    {
        ApiVersion = ApiVersion,
        TemplatePath = TemplatePath.OfCronJob,
        Metadata = Metadata,
        Spec = new() { Template = Spec.JobTemplate.Spec.Template },
    };
}

internal sealed record CronJobSpec
{
    [JsonRequired] public JobTemplate JobTemplate { get; init; } = new();
}

internal sealed record JobTemplate
{
    [JsonRequired] public JobSpec Spec { get; init; } = new();
}

internal sealed record JobSpec
{
    [JsonRequired] public PodTemplate Template { get; init; } = new();
}
