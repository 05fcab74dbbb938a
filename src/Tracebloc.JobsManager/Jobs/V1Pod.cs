using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>A pod as it is seen.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodStatus"/>
internal sealed record V1Pod
{
    public V1ObjectMeta? Metadata { get; init; }

    public V1PodStatus? Status { get; init; }
}

/// <summary>The seen state of a pod.</summary>
internal sealed record V1PodStatus
{
    public string? Phase { get; init; }

    /// <summary>For example <c>Evicted</c>.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<V1Condition>? Conditions { get; init; }

    public IReadOnlyList<V1ContainerStatus>? ContainerStatuses { get; init; }
}

/// <summary>The seen state of a container.</summary>
internal sealed record V1ContainerStatus(string? Name, V1ContainerState? State);

/// <summary>One of the three.</summary>
internal sealed record V1ContainerState
{
    public V1Waiting? Waiting { get; init; }

    public V1Running? Running { get; init; }

    public V1Terminated? Terminated { get; init; }
}

/// <summary>A container that waits, for its image for one.</summary>
internal sealed record V1Waiting(string? Reason, string? Message);

/// <summary>A container that runs.</summary>
internal sealed record V1Running(DateTimeOffset? StartedAt);

/// <summary>A container that has ended.</summary>
internal sealed record V1Terminated
{
    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    /// <summary><c>Completed</c>, <c>Error</c>, <c>OOMKilled</c>, …</summary>
    public string? Reason { get; init; }

    /// <summary>The container's own last words.</summary>
    public string? Message { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
