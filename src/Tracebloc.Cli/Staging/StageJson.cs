using System.Text.Json.Serialization;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Staging;

/// <summary>A pod as it is created.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewPod))]
internal sealed partial class StageJson : JsonSerializerContext;

/// <summary>A pod.</summary>
internal sealed record NewPod(string? ApiVersion, string? Kind, V1ObjectMeta? Metadata, NewPodSpec? Spec);

/// <summary>The wanted state of a pod.</summary>
internal sealed record NewPodSpec
{
    public string? RestartPolicy { get; init; }

    public long? ActiveDeadlineSeconds { get; init; }

    public long? TerminationGracePeriodSeconds { get; init; }

    public string? ServiceAccountName { get; init; }

    public bool? AutomountServiceAccountToken { get; init; }

    public bool? EnableServiceLinks { get; init; }

    public string? RuntimeClassName { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    public IReadOnlyList<NewName>? ImagePullSecrets { get; init; }

    public NewPodSecurity? SecurityContext { get; init; }

    public IReadOnlyList<NewContainer>? Containers { get; init; }

    public IReadOnlyList<NewVolume>? Volumes { get; init; }
}

/// <summary>An object by its name.</summary>
internal sealed record NewName(string Name);

/// <summary>The security of all containers.</summary>
internal sealed record NewPodSecurity
{
    public bool? RunAsNonRoot { get; init; }

    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public long? FsGroup { get; init; }

    /// <summary><c>OnRootMismatch</c>: the files of a large volume are not walked through at each start.</summary>
    public string? FsGroupChangePolicy { get; init; }

    public NewSeccomp? SeccompProfile { get; init; }
}

/// <summary>The system calls that are allowed.</summary>
internal sealed record NewSeccomp(string Type);

/// <summary>A container.</summary>
internal sealed record NewContainer
{
    public string? Name { get; init; }

    public string? Image { get; init; }

    public string? ImagePullPolicy { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public NewResources? Resources { get; init; }

    public NewContainerSecurity? SecurityContext { get; init; }

    public IReadOnlyList<NewMount>? VolumeMounts { get; init; }
}

/// <summary>Requests and limits by resource.</summary>
internal sealed record NewResources(
    IReadOnlyDictionary<string, string> Requests, IReadOnlyDictionary<string, string> Limits);

/// <summary>The security of one container.</summary>
internal sealed record NewContainerSecurity(
    bool AllowPrivilegeEscalation, bool ReadOnlyRootFilesystem, NewCapabilities Capabilities);

/// <summary>Linux capabilities.</summary>
internal sealed record NewCapabilities(IReadOnlyList<string> Drop);

/// <summary>A volume in a container.</summary>
internal sealed record NewMount(string Name, string MountPath);

/// <summary>A volume.</summary>
internal sealed record NewVolume(string Name)
{
    public NewClaim? PersistentVolumeClaim { get; init; }

    public NewEmptyFolder? EmptyDir { get; init; }
}

/// <summary>A volume of a claim.</summary>
internal sealed record NewClaim(string ClaimName);

/// <summary>A folder that lives as long as its pod.</summary>
internal sealed record NewEmptyFolder;
