using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The pods that a workload has at some point of a rollout, by name.</summary>
internal static class FakePods
{
    internal static IReadOnlyDictionary<string, JsonObject> Of(FakeObject workload, WorkloadState state, int nodes)
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
            Add(pods, workload, state, i, isNew);
        }

        if (isSurged) Add(pods, workload, state, wanted, isNew: true);
        return pods;
    }

    /// <summary>The workload's uid, which the fake keeps in place of the ReplicaSet between.</summary>
    internal static string? Owner(JsonObject pod) =>
        (string?)pod["metadata"]?["annotations"]?["fake.tracebloc.io/owner"];

    private static void Add(
        Dictionary<string, JsonObject> pods, FakeObject workload, WorkloadState state, int index, bool isNew)
    {
        var hash = isNew ? state.Hash : state.HealthyHash;
        var template = isNew ? state.Template : state.Healthy;
        var name = workload.Type.Kind switch
        {
            "Deployment" => $"{workload.Name}-{hash}-{index:x5}",
            "StatefulSet" => $"{workload.Name}-{index}",
            _ => $"{workload.Name}-node{index}",
        };
        var spec = template["spec"]!.DeepClone().AsObject();
        pods[name] = new JsonObject
        {
            ["metadata"] = Metadata(workload, template, name, hash),
            ["spec"] = spec,
            ["status"] = Status(spec, isNew ? state.Stands : RolloutBehaviour.Completes),
        };
    }

    private static JsonObject Metadata(FakeObject workload, JsonObject template, string name, string hash)
    {
        var isDeployment = workload.Type == FakeResourceType.Deployments;
        var labels = Copy(template["metadata"]?["labels"]);
        labels[isDeployment ? "pod-template-hash" : "controller-revision-hash"] = isDeployment ? hash
            : $"{workload.Name}-{hash}";
        var annotations = Copy(template["metadata"]?["annotations"]);
        annotations["fake.tracebloc.io/owner"] = workload.Uid;
        return new JsonObject
        {
            ["name"] = name,
            ["namespace"] = workload.Namespace,
            ["labels"] = labels,
            ["annotations"] = annotations,
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = isDeployment ? "ReplicaSet" : workload.Type.Kind,
                ["name"] = isDeployment ? $"{workload.Name}-{hash}" : workload.Name,
                ["uid"] = workload.Uid,
                ["controller"] = true,
            }),
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

    private static JsonObject Copy(JsonNode? map) => map?.DeepClone().AsObject() ?? [];
}
