namespace Tracebloc.ImageRefresh.Workloads;

public enum WorkloadKind
{
    Deployment,
    StatefulSet,
    DaemonSet,
    CronJob,
}

/// <summary>A workload by kind and name, as kubectl writes it: <c>deployment/acme-jobs-manager</c>.</summary>
public sealed record WorkloadReference(WorkloadKind Kind, string Name)
{
    /// <summary>True when a change replaces pods. The pods of a CronJob come with its next Job.</summary>
    internal bool HasRollout => Kind != WorkloadKind.CronJob;

    public override string ToString() => $"{KindName}/{Name}";

    private string KindName => Kind switch
    {
        WorkloadKind.Deployment => "deployment",
        WorkloadKind.StatefulSet => "statefulset",
        WorkloadKind.CronJob => "cronjob",
        _ => "daemonset",
    };
}
