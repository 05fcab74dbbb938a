using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The metadata of a pod or a ReplicaSet by which it leads to its workload.</summary>
internal sealed record OwnedMetadata
{
    public string? Uid { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>The one owner that manages it; null for none.</summary>
    [JsonIgnore]
    public OwnerReference? Controller => OwnerReferences?.FirstOrDefault(owner => owner.Controller);
}

/// <summary>An owner of an object.</summary>
public sealed record OwnerReference
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public string? Uid { get; init; }

    public bool Controller { get; init; }
}
