namespace Tracebloc.Kubernetes.Pods;

/// <summary>A volume: of one of its members.</summary>
public sealed record V1Volume
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>A claim.</summary>
    public V1ClaimVolume? PersistentVolumeClaim { get; init; }

    /// <summary>A ConfigMap, as files.</summary>
    public V1NameReference? ConfigMap { get; init; }

    /// <summary>A folder that lives as long as its pod.</summary>
    public V1EmptyVolume? EmptyDir { get; init; }
}

/// <summary>A volume of a claim.</summary>
/// <param name="ClaimName">The claim.</param>
public sealed record V1ClaimVolume(string ClaimName);

/// <summary>A folder that lives as long as its pod.</summary>
public sealed record V1EmptyVolume;
