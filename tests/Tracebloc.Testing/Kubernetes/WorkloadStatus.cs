using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// The status that the real controllers would write. A rollout that is not complete has replaced one pod.
/// </summary>
internal static class WorkloadStatus
{
    internal static JsonObject Of(FakeObject workload, WorkloadState state, int nodes)
    {
        var status = workload.Type.Kind switch
        {
            "Deployment" => Deployment(workload, state),
            "StatefulSet" => StatefulSet(workload, state),
            _ => DaemonSet(workload, state, nodes),
        };
        status["observedGeneration"] = workload.Body["metadata"]!["generation"]!.DeepClone();
        return status;
    }

    internal static int Replicas(FakeObject workload) => (int?)workload.Body["spec"]?["replicas"] ?? 1;

    /// <summary>Pods are replaced only when someone deletes them.</summary>
    internal static bool IsOnDelete(FakeObject workload) =>
        (string?)workload.Body["spec"]?["updateStrategy"]?["type"] == "OnDelete";

    private static JsonObject Deployment(FakeObject workload, WorkloadState state)
    {
        var wanted = Replicas(workload);
        var isRecreated = (string?)workload.Body["spec"]?["strategy"]?["type"] == "Recreate";
        if (state.Refusal is { } refusal && wanted > 0) return Refused(workload, state, refusal);
        var isComplete = state.Stands.IsComplete || wanted == 0;
        var ready = isComplete || !isRecreated ? wanted : 0;
        var replicas = isComplete || isRecreated ? wanted : wanted + 1;
        var status = Counts(
            ("replicas", replicas),
            ("updatedReplicas", isComplete || isRecreated ? wanted : 1),
            ("readyReplicas", ready),
            ("availableReplicas", ready),
            ("unavailableReplicas", replicas - ready));
        status["conditions"] = new JsonArray(
            ready >= wanted
                ? Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : Condition("Available", "False", "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability."),
            Progress($"{workload.Name}-{state.Hash}", isComplete, state.Stands.IsPastDeadline));
        return status;
    }

    // The old pods stay, since a new one would have to be ready first.
    private static JsonObject Refused(FakeObject workload, WorkloadState state, string refusal)
    {
        var wanted = Replicas(workload);
        var running = state.HasNoPods ? 0 : wanted;
        var status = Counts(
            ("replicas", running), ("readyReplicas", running), ("availableReplicas", running),
            ("unavailableReplicas", Math.Max(1, wanted - running)));
        status["conditions"] = new JsonArray(
            running > 0
                ? Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : Condition("Available", "False", "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability."),
            Progress($"{workload.Name}-{state.Hash}", false, state.Stands.IsPastDeadline),
            Condition("ReplicaFailure", "True", "FailedCreate",
                $"pods \"{workload.Name}-{state.Hash}-\" is forbidden: {refusal}"));
        return status;
    }

    private static JsonObject Progress(string replicaSet, bool isComplete, bool isPastDeadline) =>
        isComplete ? Condition("Progressing", "True", "NewReplicaSetAvailable",
            $"ReplicaSet \"{replicaSet}\" has successfully progressed.")
        : isPastDeadline ? Condition("Progressing", "False", "ProgressDeadlineExceeded",
            $"ReplicaSet \"{replicaSet}\" has timed out progressing.")
        : Condition("Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{replicaSet}\" is progressing.");

    private static JsonObject StatefulSet(FakeObject workload, WorkloadState state)
    {
        var wanted = Replicas(workload);
        var (isComplete, isOnDelete) = (state.Stands.IsComplete || wanted == 0, IsOnDelete(workload));
        var isReplaced = !isComplete && !isOnDelete;
        var status = Counts(
            ("readyReplicas", isReplaced ? wanted - 1 : wanted),
            ("availableReplicas", isReplaced ? wanted - 1 : wanted),
            ("currentReplicas", isReplaced ? wanted - 1 : wanted),
            ("updatedReplicas", isReplaced ? 1 : isOnDelete && state.Hash != state.HealthyHash ? 0 : wanted));
        status["replicas"] = wanted;
        status["currentRevision"] = $"{workload.Name}-{(isComplete ? state.Hash : state.HealthyHash)}";
        status["updateRevision"] = $"{workload.Name}-{state.Hash}";
        status["collisionCount"] = 0;
        return status;
    }

    // The four that are written even when they are zero come first.
    private static JsonObject DaemonSet(FakeObject workload, WorkloadState state, int nodes)
    {
        var isComplete = state.Stands.IsComplete || nodes == 0;
        var isReplaced = !isComplete && !IsOnDelete(workload);
        var ready = isReplaced ? nodes - 1 : nodes;
        var status = new JsonObject
        {
            ["currentNumberScheduled"] = nodes,
            ["numberMisscheduled"] = 0,
            ["desiredNumberScheduled"] = nodes,
            ["numberReady"] = ready,
        };
        foreach (var (name, count) in Counts(
            ("updatedNumberScheduled", isComplete ? nodes : isReplaced ? 1 : 0),
            ("numberAvailable", ready),
            ("numberUnavailable", nodes - ready)))
            status[name] = count?.DeepClone();
        return status;
    }

    private static JsonObject Counts(params (string Name, int Count)[] counts)
    {
        var status = new JsonObject();
        foreach (var (name, count) in counts)
            if (count != 0) status[name] = count; // omitempty
        return status;
    }

    private static JsonObject Condition(string type, string status, string reason, string message) =>
        new() { ["type"] = type, ["status"] = status, ["reason"] = reason, ["message"] = message };
}
