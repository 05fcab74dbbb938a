namespace Tracebloc.ImageRefresh.Workloads;

internal enum RolloutState
{
    Settled,
    Progressing,
    Failed,
}

/// <summary>
/// The state of a workload's rollout, by the rules of <c>kubectl rollout status</c>
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

    /// <summary>The status of every CronJob: its template holds the patch, and no pod is replaced.</summary>
    public static readonly RolloutStatus NextJob = new(RolloutState.Settled, "its next Job runs it");

    /// <param name="kind">The kind, which decides the rules.</param>
    /// <param name="workload">As it is now.</param>
    /// <param name="applied">As the patch left it whose rollout is followed; null where none is.</param>
    public static RolloutStatus Of(WorkloadKind kind, Workload workload, Workload? applied = null)
    {
        if (kind == WorkloadKind.CronJob)
            return NextJob;
        // Until the controller has seen this generation, everything else in the status is about an earlier one.
        if (workload.Status.ObservedGeneration < workload.Metadata.Generation)
            return Progressing("waiting for the controller to see the change");
        return kind switch
        {
            WorkloadKind.Deployment => OfDeployment(workload.Spec, workload.Status, Outdated(applied)),
            WorkloadKind.StatefulSet => OfStatefulSet(workload.Spec, workload.Status),
            _ => OfDaemonSet(workload.Status),
        };
    }

    private static WorkloadCondition? ProgressOf(WorkloadStatus status) =>
        status.Conditions?.FirstOrDefault(condition => condition.Type == "Progressing");

    // For a rollout back to existing pods, a Deployment's controller keeps its verdict on the earlier rollout until
    // it sees progress (k8s.io/kubernetes/pkg/controller/deployment/progress.go, syncRolloutStatus).
    private static WorkloadCondition? Outdated(Workload? applied) =>
        applied?.Status.ObservedGeneration < applied?.Metadata.Generation ? ProgressOf(applied.Status) : null;

    private static RolloutStatus OfDeployment(WorkloadSpec spec, WorkloadStatus status, WorkloadCondition? outdated)
    {
        var wanted = spec.Replicas ?? 1;
        var progress = ProgressOf(status);
        if (progress?.Reason == "ProgressDeadlineExceeded" && progress != outdated)
            return Failed($"ProgressDeadlineExceeded: {progress.Message}");
        if (status.UpdatedReplicas < wanted)
            return Progressing($"{status.UpdatedReplicas} of {wanted} replicas are updated{Paused(spec)}");
        if (status.Replicas > status.UpdatedReplicas)
            return Progressing($"{status.Replicas - status.UpdatedReplicas} old replicas are there{Paused(spec)}");
        if (status.AvailableReplicas < status.UpdatedReplicas)
        {
            var message = $"{status.AvailableReplicas} of {status.UpdatedReplicas} new replicas are available";
            return Progressing(message) with { HadSettled = progress?.Reason == "NewReplicaSetAvailable" };
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
