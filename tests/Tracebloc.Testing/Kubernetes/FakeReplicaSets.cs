using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The ReplicaSets of a Deployment; those of earlier templates stay.</summary>
internal static class FakeReplicaSets
{
    /// <summary>The ReplicaSets that have pods at some point of a rollout, or are about to, by name.</summary>
    internal static IReadOnlyDictionary<string, JsonObject> Of(FakeObject deployment, WorkloadState state)
    {
        var wanted = WorkloadStatus.Replicas(deployment);
        return new Dictionary<string, JsonObject>
        {
            [Name(deployment, state.HealthyHash)] = Body(deployment, state.HealthyHash, state.Healthy, wanted),
            [Name(deployment, state.Hash)] =
                Body(deployment, state.Hash, state.Template, state.Stands.IsComplete ? wanted : Math.Min(1, wanted)),
        };
    }

    /// <summary>A ReplicaSet of an earlier template, scaled down.</summary>
    internal static JsonObject WithoutPods(FakeObject replicaSet)
    {
        var body = replicaSet.Body.DeepClone().AsObject();
        body["spec"]!["replicas"] = 0;
        return body;
    }

    internal static string Name(FakeObject deployment, string hash) => $"{deployment.Name}-{hash}";

    // The label by which a ReplicaSet tells its pods from another's.
    private static JsonObject Labels(JsonNode? labels, string hash)
    {
        var own = labels?.DeepClone().AsObject() ?? [];
        own["pod-template-hash"] = hash;
        return own;
    }

    private static JsonObject Body(FakeObject deployment, string hash, JsonObject template, int replicas)
    {
        var own = template.DeepClone().AsObject();
        var labels = Labels(template["metadata"]?["labels"], hash);
        if (own["metadata"] is null) own["metadata"] = new JsonObject();
        own["metadata"]!["labels"] = labels;
        var selector = deployment.Body["spec"]!["selector"]?.DeepClone().AsObject() ?? [];
        selector["matchLabels"] = Labels(selector["matchLabels"], hash);
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = Name(deployment, hash),
                ["namespace"] = deployment.Namespace,
                ["labels"] = labels.DeepClone(),
                ["ownerReferences"] = FakeOwner.ReferenceTo(deployment),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = own },
        };
    }
}
