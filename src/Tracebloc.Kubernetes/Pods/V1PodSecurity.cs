namespace Tracebloc.Kubernetes.Pods;

/// <summary>The security of all containers of a pod.</summary>
public sealed record V1PodSecurity
{
    private const long Unprivileged = 65534;

    /// <summary>True: root is refused.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>The user; null where the cluster or the image sets it.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>The group.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>The group of the files of volumes.</summary>
    public long? FsGroup { get; init; }

    /// <summary><c>OnRootMismatch</c>: the files of a large volume are not walked through at each start.</summary>
    public string? FsGroupChangePolicy { get; init; }

    /// <summary>The system calls that are allowed.</summary>
    public V1SeccompProfile? SeccompProfile { get; init; }

    /// <summary>
    /// The security of pods that share a volume: the restricted profile of the Pod Security Standards, and one user
    /// and group for all.
    /// </summary>
    /// <param name="user">The user; null for 65534.</param>
    /// <param name="group">The group; null for 65534.</param>
    /// <param name="isFixed">False: without a user and a group the cluster sets them, as OpenShift does.</param>
    /// <seealso href="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"/>
    public static V1PodSecurity Restricted(long? user, long? group, bool isFixed)
    {
        long? fallback = isFixed ? Unprivileged : null;
        return new V1PodSecurity
        {
            RunAsNonRoot = true,
            RunAsUser = user ?? fallback,
            RunAsGroup = group ?? fallback,
            FsGroup = group ?? fallback,
            FsGroupChangePolicy = "OnRootMismatch",
            SeccompProfile = new V1SeccompProfile("RuntimeDefault"),
        };
    }
}

/// <summary>The system calls that are allowed.</summary>
/// <param name="Type"><c>RuntimeDefault</c>, <c>Localhost</c> or <c>Unconfined</c>.</param>
public sealed record V1SeccompProfile(string Type);

/// <summary>The security of one container.</summary>
public sealed record V1ContainerSecurity
{
    /// <summary>False: no process gets more rights than its parent.</summary>
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>True: nothing is written but to volumes.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>The Linux capabilities.</summary>
    public V1Capabilities? Capabilities { get; init; }

    /// <summary>The restricted profile, with a root file system that is read only.</summary>
    public static V1ContainerSecurity Restricted { get; } = new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        Capabilities = new V1Capabilities(["ALL"]),
    };
}

/// <summary>Linux capabilities.</summary>
/// <param name="Drop">Those that a container does not have.</param>
public sealed record V1Capabilities(IReadOnlyList<string> Drop);
