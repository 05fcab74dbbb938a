using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>
/// The parts of a Deployment, StatefulSet or DaemonSet (apps/v1), or of a <see cref="CronJob"/>, that a refresh reads.
/// The members every server sends are required: an answer without them is an error.
/// </summary>
internal sealed record Workload
{
    [JsonIgnore] public string ApiVersion { get; init; } = "apps/v1";

    [JsonIgnore] public TemplatePath TemplatePath { get; init; } = TemplatePath.OfWorkload;

    [JsonRequired] public WorkloadMetadata Metadata { get; init; } = new();

    [JsonRequired] public WorkloadSpec Spec { get; init; } = new();

    [JsonRequired] public WorkloadStatus Status { get; init; } = new();

    /// <summary>The containers of the pod template, then its init containers.</summary>
    public IEnumerable<Container> Containers() =>
        Spec.Template.Spec.Containers.Concat(Spec.Template.Spec.InitContainers ?? []);

    /// <summary>The container of this name; null where there is none.</summary>
    public Container? Find(string name) => Containers().FirstOrDefault(container => container.Name == name);
}

internal sealed record WorkloadMetadata
{
    public string? Namespace { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public long Generation { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Parsed only when a writer has to be named: <see cref="FieldOwner"/>.</summary>
    public JsonElement? ManagedFields { get; init; }
}

internal sealed record WorkloadSpec
{
    /// <summary>Defaulted to 1 by the API server; a DaemonSet has none.</summary>
    public int? Replicas { get; init; }

    public bool Paused { get; init; }

    [JsonRequired] public LabelSelector Selector { get; init; } = new();

    [JsonRequired] public PodTemplate Template { get; init; } = new();

    /// <summary>StatefulSet only; defaulted to OrderedReady by the API server.</summary>
    public string? PodManagementPolicy { get; init; }

    /// <summary>StatefulSet and DaemonSet; no <c>strategy</c> of a Deployment keeps old pods.</summary>
    public UpdateStrategy? UpdateStrategy { get; init; }
}

internal sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }
}

internal sealed record PodTemplate
{
    public TemplateMetadata? Metadata { get; init; }

    [JsonRequired] public PodSpec Spec { get; init; } = new();
}

internal sealed record TemplateMetadata
{
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

internal sealed record PodSpec
{
    [JsonRequired] public IReadOnlyList<Container> Containers { get; init; } = [];

    public IReadOnlyList<Container>? InitContainers { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Left unread, as the tolerations, until nodes are chosen: node selection.</summary>
    public JsonElement? Affinity { get; init; }

    public JsonElement? Tolerations { get; init; }

    /// <summary>Left unread until their credentials are wanted: the reader of pull secrets.</summary>
    public JsonElement? ImagePullSecrets { get; init; }

    public string? ServiceAccountName { get; init; }
}

internal sealed record Container
{
    public required string Name { get; init; }

    public string? Image { get; init; }

    public IReadOnlyList<EnvironmentVariable>? Env { get; init; }
}

internal sealed record EnvironmentVariable
{
    public required string Name { get; init; }

    public string? Value { get; init; }

    public JsonElement? ValueFrom { get; init; }
}

internal sealed record UpdateStrategy
{
    public string? Type { get; init; }

    public RollingUpdate? RollingUpdate { get; init; }
}

internal sealed record RollingUpdate
{
    public int? Partition { get; init; }
}
