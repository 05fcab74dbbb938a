namespace Tracebloc.ImageRefresh.Workloads;

public enum WorkloadKind
{
    Deployment,
    StatefulSet,
    DaemonSet,
}

/// <summary>A workload by kind and name, as kubectl writes it: <c>deployment/acme-jobs-manager</c>.</summary>
public sealed record WorkloadReference(WorkloadKind Kind, string Name)
{
    public override string ToString() => $"{KindName}/{Name}";

    private string KindName => Kind switch
    {
        WorkloadKind.Deployment => "deployment",
        WorkloadKind.StatefulSet => "statefulset",
        _ => "daemonset",
    };
}
