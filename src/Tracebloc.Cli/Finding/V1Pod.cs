using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>A pod as it is seen.</summary>
internal sealed record V1Pod(V1ObjectMeta? Metadata, V1SeenSpec? Spec, V1PodStatus? Status)
{
    /// <summary>True for a pod that takes requests.</summary>
    public bool IsReady => Metadata?.DeletionTimestamp is null && Status?.Phase == "Running"
        && Condition("Ready") is { Status: "True" };

    public V1Condition? Condition(string type) =>
        Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}

/// <summary>The containers of a pod.</summary>
internal sealed record V1SeenSpec(IReadOnlyList<V1SeenContainer>? Containers);

/// <summary>A container and its image.</summary>
internal sealed record V1SeenContainer(string? Name, string? Image);

/// <summary>The seen state of a pod.</summary>
internal sealed record V1PodStatus(
    string? Phase,
    string? Reason,
    string? Message,
    IReadOnlyList<V1Condition>? Conditions,
    IReadOnlyList<V1ContainerStatus>? ContainerStatuses);

/// <summary>A condition of a pod.</summary>
internal sealed record V1Condition(string? Type, string? Status, string? Reason, string? Message);

/// <summary>The seen state of a container.</summary>
internal sealed record V1ContainerStatus(string? Image, V1ContainerState? State);

/// <summary>One of the two states that explain something.</summary>
internal sealed record V1ContainerState(V1Waiting? Waiting, V1Terminated? Terminated);

/// <summary>A container that waits, for its image for one.</summary>
internal sealed record V1Waiting(string? Reason, string? Message);

/// <summary>A container that has ended.</summary>
internal sealed record V1Terminated(int? ExitCode, string? Reason, string? Message);
