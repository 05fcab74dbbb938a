namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The status fields that <c>kubectl rollout status</c> judges by, of the kinds that have a rollout.</summary>
internal sealed record WorkloadStatus
{
    public long ObservedGeneration { get; init; }

    public int Replicas { get; init; }

    public int UpdatedReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public int ReadyReplicas { get; init; }

    public string? CurrentRevision { get; init; }

    public string? UpdateRevision { get; init; }

    public int DesiredNumberScheduled { get; init; }

    public int UpdatedNumberScheduled { get; init; }

    public int NumberAvailable { get; init; }

    public IReadOnlyList<WorkloadCondition>? Conditions { get; init; }
}

internal sealed record WorkloadCondition
{
    public required string Type { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? LastUpdateTime { get; init; }
}
