using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The metadata of every object.</summary>
/// <remarks>
/// <see cref="ManagedFields"/> builds a JSON document per manager. A hot path that does not need them declares a
/// smaller record of its own with the members it reads.
/// </remarks>
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

    /// <summary>The owners of fields; one entry per manager and operation.</summary>
    [JsonPropertyName("managedFields")] public IReadOnlyList<V1ManagedFieldsEntry>? ManagedFields { get; init; }
}

/// <summary>An owner of an object.</summary>
public sealed record V1OwnerReference
{
    /// <summary>The owner's kind, for example <c>ReplicaSet</c>.</summary>
    [JsonPropertyName("kind")] public string? Kind { get; init; }

    /// <summary>The owner's name.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>The owner's uid.</summary>
    [JsonPropertyName("uid")] public string? Uid { get; init; }
}

/// <summary>The fields one manager set by one operation.</summary>
public sealed record V1ManagedFieldsEntry
{
    /// <summary>The <c>fieldManager</c> of the write, or the first part of its User-Agent.</summary>
    [JsonPropertyName("manager")] public string? Manager { get; init; }

    /// <summary><c>Apply</c> for server-side apply, <c>Update</c> for everything else.</summary>
    [JsonPropertyName("operation")] public string? Operation { get; init; }

    /// <summary>The time of the last change of the set of fields.</summary>
    [JsonPropertyName("time")] public DateTimeOffset? Time { get; init; }

    /// <summary>
    /// The fields as a tree: <c>f:name</c> is a field, <c>k:{"name":"api"}</c> a list entry by its key,
    /// <c>.</c> the entry itself.
    /// </summary>
    /// <seealso href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management"/>
    [JsonPropertyName("fieldsV1")] public JsonElement? FieldsV1 { get; init; }
}
