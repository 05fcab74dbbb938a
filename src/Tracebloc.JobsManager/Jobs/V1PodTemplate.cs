using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The pods of a Job, with the members that runs need.</summary>
internal sealed record V1PodTemplate
{
    public V1ObjectMeta? Metadata { get; init; }

    public V1PodSpec? Spec { get; init; }
}

/// <summary>The wanted state of a pod.</summary>
internal sealed record V1PodSpec
{
    public string? RestartPolicy { get; init; }

    public bool? AutomountServiceAccountToken { get; init; }

    public bool? EnableServiceLinks { get; init; }

    public string? RuntimeClassName { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    public IReadOnlyList<V1NameReference>? ImagePullSecrets { get; init; }

    public V1PodSecurity? SecurityContext { get; init; }

    public IReadOnlyList<V1Container>? Containers { get; init; }

    public IReadOnlyList<V1Volume>? Volumes { get; init; }
}

/// <summary>An object by its name.</summary>
internal sealed record V1NameReference(string Name);

/// <summary>The security of all containers.</summary>
internal sealed record V1PodSecurity
{
    public bool? RunAsNonRoot { get; init; }

    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public long? FsGroup { get; init; }

    /// <summary><c>OnRootMismatch</c>: the files of a large volume are not walked through at each start.</summary>
    public string? FsGroupChangePolicy { get; init; }

    public V1SeccompProfile? SeccompProfile { get; init; }
}

/// <summary>The system calls that are allowed.</summary>
internal sealed record V1SeccompProfile(string Type);

/// <summary>A container.</summary>
internal sealed record V1Container
{
    public string? Name { get; init; }

    public string? Image { get; init; }

    public string? ImagePullPolicy { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<V1Variable>? Env { get; init; }

    public V1Resources? Resources { get; init; }

    public V1ContainerSecurity? SecurityContext { get; init; }

    public IReadOnlyList<V1VolumeMount>? VolumeMounts { get; init; }
}

/// <summary>An environment variable: a value, or a place that holds it.</summary>
internal sealed record V1Variable(string Name, string? Value, V1VariableSource? ValueFrom = null);

/// <summary>The place of a variable's value.</summary>
internal sealed record V1VariableSource(V1SecretKey SecretKeyRef);

/// <summary>A key of a Secret.</summary>
internal sealed record V1SecretKey(string Name, string Key);

/// <summary>Requests and limits by resource.</summary>
internal sealed record V1Resources(
    IReadOnlyDictionary<string, string> Requests, IReadOnlyDictionary<string, string> Limits);

/// <summary>The security of one container.</summary>
internal sealed record V1ContainerSecurity
{
    public bool? AllowPrivilegeEscalation { get; init; }

    public bool? ReadOnlyRootFilesystem { get; init; }

    public V1Capabilities? Capabilities { get; init; }
}

/// <summary>Linux capabilities.</summary>
internal sealed record V1Capabilities(IReadOnlyList<string> Drop);

/// <summary>A volume in a container.</summary>
internal sealed record V1VolumeMount(string Name, string MountPath, bool? ReadOnly = null);

/// <summary>A volume.</summary>
internal sealed record V1Volume
{
    public string? Name { get; init; }

    public V1ClaimVolume? PersistentVolumeClaim { get; init; }

    public V1NameReference? ConfigMap { get; init; }

    public V1EmptyVolume? EmptyDir { get; init; }
}

/// <summary>A volume of a claim.</summary>
internal sealed record V1ClaimVolume(string ClaimName);

/// <summary>A folder that lives as long as its pod.</summary>
internal sealed record V1EmptyVolume;
