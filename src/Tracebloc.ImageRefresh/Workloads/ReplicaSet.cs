namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The parts of a ReplicaSet that lead from a pod to its Deployment: who it is, and its owner.</summary>
internal sealed record ReplicaSet
{
    public OwnedMetadata Metadata { get; init; } = new();
}
