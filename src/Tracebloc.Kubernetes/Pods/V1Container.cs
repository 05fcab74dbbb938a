namespace Tracebloc.Kubernetes.Pods;

/// <summary>A container, with the members that pods of a release need.</summary>
public sealed record V1Container
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its image.</summary>
    public string? Image { get; init; }

    /// <summary><c>IfNotPresent</c>, <c>Always</c> or <c>Never</c>.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>The arguments of the image's entry point.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Its environment.</summary>
    public IReadOnlyList<V1Variable>? Env { get; init; }

    /// <summary>Its resources.</summary>
    public V1Resources? Resources { get; init; }

    /// <summary>Its security.</summary>
    public V1ContainerSecurity? SecurityContext { get; init; }

    /// <summary>The volumes in it.</summary>
    public IReadOnlyList<V1VolumeMount>? VolumeMounts { get; init; }

    /// <summary>The policy for an image: one with a tag is pulled at each start, since a tag may move.</summary>
    public static string PullPolicyOf(string image) =>
        image.Contains('@', StringComparison.Ordinal) ? "IfNotPresent" : "Always";
}

/// <summary>An environment variable: a value, or a place that holds it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="ValueFrom">The place.</param>
public sealed record V1Variable(string Name, string? Value, V1VariableSource? ValueFrom = null);

/// <summary>The place of a variable's value.</summary>
/// <param name="SecretKeyRef">The key of a Secret.</param>
public sealed record V1VariableSource(V1SecretKey SecretKeyRef);

/// <summary>A key of a Secret.</summary>
/// <param name="Name">The Secret.</param>
/// <param name="Key">The key.</param>
public sealed record V1SecretKey(string Name, string Key);

/// <summary>Quantities by resource.</summary>
/// <param name="Requests">The reserved ones.</param>
/// <param name="Limits">The most.</param>
public sealed record V1Resources(
    IReadOnlyDictionary<string, string> Requests, IReadOnlyDictionary<string, string> Limits);

/// <summary>A volume in a container.</summary>
/// <param name="Name">The volume.</param>
/// <param name="MountPath">Its folder.</param>
/// <param name="ReadOnly">True: it is not written to.</param>
public sealed record V1VolumeMount(string Name, string MountPath, bool? ReadOnly = null);
