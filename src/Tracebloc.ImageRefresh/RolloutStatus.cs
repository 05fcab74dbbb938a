namespace Tracebloc.ImageRefresh;

internal enum RolloutState
{
    Settled,
    Progressing,
    Failed,
}

/// <summary>
/// How far a workload's rollout is, by the rules of <c>kubectl rollout status</c>
/// (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go) and in its words.
/// </summary>
internal sealed record RolloutStatus(RolloutState State, string Message)
{
    /// <summary>Progressing only in that pods of a rollout that had completed are not available now.</summary>
    public bool HadSettled { get; init; }

    public static readonly RolloutStatus Settled = new(RolloutState.Settled, "rollout complete");

    public static RolloutStatus Progressing(string message) => new(RolloutState.Progressing, message);

    public static RolloutStatus Failed(string message) => new(RolloutState.Failed, message);

    public bool IsSettled => State == RolloutState.Settled;

    public bool IsProgressing => State == RolloutState.Progressing;

    public bool IsFailed => State == RolloutState.Failed;

    public static RolloutStatus Of(WorkloadKind kind, Workload workload)
    {
        // Until the controller has seen this generation, everything else in the status is about an earlier one.
        if (workload.Status.ObservedGeneration < workload.Metadata.Generation)
            return Progressing("waiting for the controller to see the change");
        return kind switch
        {
            WorkloadKind.Deployment => OfDeployment(workload.Spec, workload.Status),
            WorkloadKind.StatefulSet => OfStatefulSet(workload.Spec, workload.Status),
            _ => OfDaemonSet(workload.Status),
        };
    }

    private static RolloutStatus OfDeployment(WorkloadSpec spec, WorkloadStatus status)
    {
        var wanted = spec.Replicas ?? 1;
        var progress = status.Conditions?.FirstOrDefault(condition => condition.Type == "Progressing");
        if (progress?.Reason == "ProgressDeadlineExceeded")
            return Failed($"ProgressDeadlineExceeded: {progress.Message}");
        if (status.UpdatedReplicas < wanted)
            return Progressing($"{status.UpdatedReplicas} of {wanted} replicas are updated{Paused(spec)}");
        if (status.Replicas > status.UpdatedReplicas)
            return Progressing($"{status.Replicas - status.UpdatedReplicas} old replicas are there{Paused(spec)}");
        if (status.AvailableReplicas < status.UpdatedReplicas)
        {
            return Progressing($"{status.AvailableReplicas} of {status.UpdatedReplicas} new replicas are available") with
            {
                HadSettled = progress?.Reason == "NewReplicaSetAvailable",
            };
        }
        return Settled;
    }

    private static RolloutStatus OfStatefulSet(WorkloadSpec spec, WorkloadStatus status)
    {
        var wanted = spec.Replicas ?? 1;
        var partition = spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        if (status.ReadyReplicas < wanted)
            return Progressing($"{status.ReadyReplicas} of {wanted} replicas are ready");
        if (partition > 0)
        {
            return status.UpdatedReplicas < wanted - partition
                ? Progressing($"{status.UpdatedReplicas} of {wanted - partition} replicas past the partition are new")
                : Settled;
        }
        return status.UpdateRevision != status.CurrentRevision
            ? Progressing($"{status.UpdatedReplicas} of {wanted} replicas are at revision {status.UpdateRevision}")
            : Settled;
    }

    private static RolloutStatus OfDaemonSet(WorkloadStatus status)
    {
        if (status.UpdatedNumberScheduled < status.DesiredNumberScheduled)
            return Progressing($"{status.UpdatedNumberScheduled} of {status.DesiredNumberScheduled} pods are updated");
        return status.NumberAvailable < status.DesiredNumberScheduled
            ? Progressing($"{status.NumberAvailable} of {status.DesiredNumberScheduled} updated pods are available")
            : Settled;
    }

    private static string Paused(WorkloadSpec spec) => spec.Paused ? "; the deployment is paused" : "";
}
