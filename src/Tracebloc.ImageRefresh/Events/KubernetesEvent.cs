using System.Text.Json.Serialization;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Events;

/// <summary>What happened to which object, as <c>kubectl describe</c> shows it (events.k8s.io/v1).</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/"/>
internal sealed record KubernetesEvent
{
    public static ResourceType Type { get; } = new("events.k8s.io", "v1", "events", "Event");

    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public required EventMetadata Metadata { get; init; }

    public string? EventTime { get; init; }

    public string? ReportingController { get; init; }

    public string? ReportingInstance { get; init; }

    public string? Action { get; init; }

    public string? Reason { get; init; }

    public EventSubject? Regarding { get; init; }

    public string? Note { get; init; }

    [JsonPropertyName("type")]
    public string? Severity { get; init; }

    public EventSeries? Series { get; init; }
}

internal sealed record EventMetadata
{
    public string? Name { get; init; }

    public string? Namespace { get; init; }
}

internal sealed record EventSubject(string ApiVersion, string Kind, string Name, string? Namespace, string? Uid);

/// <summary>How often the same has happened, and when it did last.</summary>
internal sealed record EventSeries(int Count, string LastObservedTime);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesEvent))]
[JsonSerializable(typeof(EventPatch))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>All of an event that may change.</summary>
internal sealed record EventPatch(EventSeries Series);
