using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>An event about an object, as <c>kubectl describe</c> shows it (events.k8s.io/v1).</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/"/>
public sealed record KubernetesEvent
{
    /// <summary>The resource of events.</summary>
    public static ResourceType Type { get; } = new("events.k8s.io", "v1", "events", "Event");

    /// <summary><c>events.k8s.io/v1</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary><c>Event</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Name and namespace.</summary>
    public required EventMetadata Metadata { get; init; }

    /// <summary>The time of the first observation, RFC 3339 with microseconds.</summary>
    public string? EventTime { get; init; }

    /// <summary>The controller that observed it.</summary>
    public string? ReportingController { get; init; }

    /// <summary>The controller's instance.</summary>
    public string? ReportingInstance { get; init; }

    /// <summary>The action, in one word.</summary>
    public string? Action { get; init; }

    /// <summary>The reason, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>The object that it is about.</summary>
    public EventSubject? Regarding { get; init; }

    /// <summary>A sentence for people, at most 1,024 bytes.</summary>
    public string? Note { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    [JsonPropertyName("type")]
    public string? Severity { get; init; }

    /// <summary>Further occurrences; null for the first.</summary>
    public EventSeries? Series { get; init; }
}

/// <summary>Name and namespace of an event.</summary>
public sealed record EventMetadata
{
    /// <summary>The event's name.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace of the object that it is about.</summary>
    public string? Namespace { get; init; }
}

/// <summary>The object that an event is about.</summary>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The name.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Uid">The object's uid.</param>
public sealed record EventSubject(string ApiVersion, string Kind, string Name, string? Namespace, string? Uid);

/// <summary>Further occurrences of an event.</summary>
/// <param name="Count">All occurrences, the first included.</param>
/// <param name="LastObservedTime">The time of the last occurrence, RFC 3339 with microseconds.</param>
public sealed record EventSeries(int Count, string LastObservedTime);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesEvent))]
[JsonSerializable(typeof(EventPatch))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>The only part of an event that may change.</summary>
internal sealed record EventPatch(EventSeries Series);
