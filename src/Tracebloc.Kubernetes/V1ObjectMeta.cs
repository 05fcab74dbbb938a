using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The metadata of every object.</summary>
public sealed record V1ObjectMeta
{
    /// <summary>Unique within the namespace and the resource type.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Null for what lives in no namespace.</summary>
    [JsonPropertyName("namespace")] public string? Namespace { get; init; }

    /// <summary>Unique in the cluster and over time: an object deleted and made again has another.</summary>
    [JsonPropertyName("uid")] public string? Uid { get; init; }

    /// <summary>Opaque: changes with every write. In a patch it is the precondition (409 when it differs).</summary>
    [JsonPropertyName("resourceVersion")] public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of <c>spec</c>; metadata and status leave it alone.</summary>
    [JsonPropertyName("generation")] public long? Generation { get; init; }

    /// <summary>The time at which the server stored the object.</summary>
    [JsonPropertyName("creationTimestamp")] public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once deletion was asked for.</summary>
    [JsonPropertyName("deletionTimestamp")] public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The labels, which selectors match.</summary>
    [JsonPropertyName("labels")] public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The annotations, 256 KiB in all.</summary>
    [JsonPropertyName("annotations")] public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The objects this one is deleted with.</summary>
    [JsonPropertyName("ownerReferences")] public IReadOnlyList<V1OwnerReference>? OwnerReferences { get; init; }
}

/// <summary>An owner of an object.</summary>
public sealed record V1OwnerReference
{
    /// <summary>The owner's group and version, for example <c>apps/v1</c>.</summary>
    [JsonPropertyName("apiVersion")] public string? ApiVersion { get; init; }

    /// <summary>The owner's kind, for example <c>ReplicaSet</c>.</summary>
    [JsonPropertyName("kind")] public string? Kind { get; init; }

    /// <summary>The owner's name.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>The owner's uid.</summary>
    [JsonPropertyName("uid")] public string? Uid { get; init; }
}
