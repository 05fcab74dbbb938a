using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/"/>
internal sealed record V1Lease
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public LeaseMetadata? Metadata { get; init; }

    public V1LeaseSpec? Spec { get; init; }
}

internal sealed record LeaseMetadata
{
    public string? Name { get; init; }

    public string? ResourceVersion { get; init; }
}

/// <summary>The times are texts: they are compared with nothing but themselves.</summary>
internal sealed record V1LeaseSpec
{
    public string? HolderIdentity { get; init; }

    public int? LeaseDurationSeconds { get; init; }

    public string? AcquireTime { get; init; }

    public string? RenewTime { get; init; }

    public int? LeaseTransitions { get; init; }

    /// <summary>Null when it is free: client-go writes none or an empty one.</summary>
    [JsonIgnore]
    public string? Holder => string.IsNullOrEmpty(HolderIdentity) ? null : HolderIdentity;
}

/// <summary>A change of the specification; what is null there is removed.</summary>
internal sealed record LeasePatch(LeaseVersion Metadata, V1LeaseSpec Spec);

internal sealed record LeaseVersion(string? ResourceVersion);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(V1Lease))]
[JsonSerializable(typeof(LeasePatch))]
internal sealed partial class LeaseJson : JsonSerializerContext;
