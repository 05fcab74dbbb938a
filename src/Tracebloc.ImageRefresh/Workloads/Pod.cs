namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>
/// The parts of a Pod that show early that a rollout cannot succeed: its owner, its spec, and why its containers wait.
/// </summary>
internal sealed record Pod
{
    public OwnedMetadata Metadata { get; init; } = new();

    public PodSpec Spec { get; init; } = new();

    public PodStatus Status { get; init; } = new();
}

internal sealed record PodStatus
{
    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; init; }

    public IReadOnlyList<ContainerStatus>? InitContainerStatuses { get; init; }
}

internal sealed record ContainerStatus
{
    public required string Name { get; init; }

    public ContainerState? State { get; init; }
}

internal sealed record ContainerState
{
    public WaitingState? Waiting { get; init; }
}

internal sealed record WaitingState
{
    public string? Reason { get; init; }

    public string? Message { get; init; }
}
