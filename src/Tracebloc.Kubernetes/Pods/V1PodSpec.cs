namespace Tracebloc.Kubernetes.Pods;

/// <summary>The wanted state of a pod, with the members that pods of a release need; null for the default.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec"/>
public sealed record V1PodSpec
{
    /// <summary><c>Never</c>, <c>OnFailure</c> or <c>Always</c>.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>The longest life of the pod, in seconds.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>The time between the signal to end and the end, in seconds.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>The account of the pod.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>False: the pod has no token of its account.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>False: no environment variable for each Service.</summary>
    public bool? EnableServiceLinks { get; init; }

    /// <summary>The runtime class.</summary>
    public string? RuntimeClassName { get; init; }

    /// <summary>The labels of the nodes that may run it.</summary>
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>The Secrets for the registry.</summary>
    public IReadOnlyList<V1NameReference>? ImagePullSecrets { get; init; }

    /// <summary>The security of all containers.</summary>
    public V1PodSecurity? SecurityContext { get; init; }

    /// <summary>The containers.</summary>
    public IReadOnlyList<V1Container>? Containers { get; init; }

    /// <summary>The volumes.</summary>
    public IReadOnlyList<V1Volume>? Volumes { get; init; }
}

/// <summary>An object by its name.</summary>
/// <param name="Name">The name.</param>
public sealed record V1NameReference(string Name);
