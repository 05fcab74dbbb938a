using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The pods that a workload has at some point of a rollout, by name.</summary>
internal static class FakePods
{
    /// <param name="workload">The workload.</param>
    /// <param name="state">The point of the rollout.</param>
    /// <param name="nodes">How many nodes a DaemonSet runs on.</param>
    /// <param name="owners">The ReplicaSets of a Deployment, by their name; nothing for another workload.</param>
    internal static IReadOnlyDictionary<string, JsonObject> Of(
        FakeObject workload, WorkloadState state, int nodes, IReadOnlyDictionary<string, FakeObject> owners)
    {
        var pods = new Dictionary<string, JsonObject>();
        var isDaemon = workload.Type == FakeResourceType.DaemonSets;
        var wanted = isDaemon ? nodes : WorkloadStatus.Replicas(workload);
        if (state.HasNoPods) return pods;
        var isUnderWay = !state.Stands.IsComplete && state.Refusal is null && wanted > 0;
        var isSurged = workload.Type == FakeResourceType.Deployments && isUnderWay;
        for (var i = 0; i < wanted; i++)
        {
            // A StatefulSet begins with its last pod; a Deployment adds one; with OnDelete nothing happens by itself.
            var isNew = isUnderWay && i == wanted - 1 && !isSurged && !WorkloadStatus.IsOnDelete(workload);
            Add(i, isNew);
        }

        if (isSurged) Add(wanted, isNew: true);
        return pods;

        void Add(int index, bool isNew)
        {
            var (hash, template) = isNew ? (state.Hash, state.Template) : (state.HealthyHash, state.Healthy);
            var owner = owners.GetValueOrDefault(FakeReplicaSets.Name(workload, hash)) ?? workload;
            var name = owner.Type.Kind switch
            {
                "ReplicaSet" => $"{owner.Name}-{index:x5}",
                "StatefulSet" => $"{owner.Name}-{index}",
                _ => $"{owner.Name}-node{index}",
            };
            var spec = template["spec"]!.DeepClone().AsObject();
            pods[name] = new JsonObject
            {
                ["metadata"] = Metadata(owner, template, name, hash),
                ["spec"] = spec,
                ["status"] = Status(spec, isNew ? state.Stands : RolloutBehaviour.Completes),
            };
        }
    }

    private static JsonObject Metadata(FakeObject owner, JsonObject template, string name, string hash)
    {
        var labels = template["metadata"]?["labels"]?.DeepClone().AsObject() ?? [];
        if (owner.Type == FakeResourceType.ReplicaSets) labels["pod-template-hash"] = hash;
        else labels["controller-revision-hash"] = $"{owner.Name}-{hash}";
        return new JsonObject
        {
            ["name"] = name,
            ["namespace"] = owner.Namespace,
            ["labels"] = labels,
            ["annotations"] = template["metadata"]?["annotations"]?.DeepClone() ?? new JsonObject(),
            ["ownerReferences"] = FakeOwner.ReferenceTo(owner),
        };
    }

    private static JsonObject Status(JsonObject spec, RolloutBehaviour behaviour)
    {
        var containers = spec["containers"]!.AsArray();
        var waiting = behaviour.IsComplete ? null : behaviour.Container ?? (string?)containers[0]!["name"];
        return new JsonObject
        {
            ["phase"] = behaviour.IsComplete || behaviour.Restarts > 0 ? "Running" : "Pending",
            ["conditions"] = new JsonArray(
                new JsonObject { ["type"] = "Ready", ["status"] = waiting is null ? "True" : "False" }),
            ["containerStatuses"] = new JsonArray(
                [.. containers.Select(container => Container(container!, waiting, behaviour))]),
        };
    }

    private static JsonObject Container(JsonNode container, string? waiting, RolloutBehaviour behaviour)
    {
        var waits = (string?)container["name"] == waiting;
        var status = new JsonObject
        {
            ["name"] = container["name"]!.DeepClone(),
            ["image"] = container["image"]!.DeepClone(),
            ["imageID"] = waits && behaviour.Restarts == 0 ? "" : $"docker-pullable://{(string?)container["image"]}",
            ["ready"] = !waits,
            ["restartCount"] = waits ? behaviour.Restarts : 0,
            ["state"] = waits
                ? new JsonObject { ["waiting"] = Waiting(container, behaviour) }
                : new JsonObject { ["running"] = new JsonObject() },
        };
        if (waits && behaviour.Restarts > 0)
            status["lastState"] =
                new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 1, ["reason"] = "Error" } };
        return status;
    }

    private static JsonObject Waiting(JsonNode container, RolloutBehaviour behaviour) =>
        new() { ["reason"] = behaviour.WaitingReason, ["message"] = Message(container, behaviour) };

    private static string? Message(JsonNode container, RolloutBehaviour behaviour) => behaviour.WaitingReason switch
    {
        "ImagePullBackOff" => $"Back-off pulling image \"{(string?)container["image"]}\"",
        "CrashLoopBackOff" => $"back-off 40s restarting failed container={(string?)container["name"]}",
        _ => null,
    };
}
