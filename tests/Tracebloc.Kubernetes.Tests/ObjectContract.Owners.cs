using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

public abstract partial class ObjectContract
{
    [Fact]
    public async Task A_pod_leads_to_its_Deployment_by_the_uids_of_the_controllers_between()
    {
        var deployment = await CreateAsync(Deployment());
        await SettledAsync();

        var pod = await OnlyAsync(ResourceType.Pods);
        var replicaSet = await OnlyAsync(ResourceType.ReplicaSets);

        Assert.Equal(("apps/v1", "ReplicaSet", Uid(replicaSet)), ControllerOf(pod));
        Assert.Equal(("apps/v1", "Deployment", Uid(deployment)), ControllerOf(replicaSet));
        Assert.NotEqual(Uid(deployment), Uid(replicaSet));
    }

    private async Task<JsonObject> OnlyAsync(ResourceType type)
    {
        var list = await Client.ListAsync(type, Ns, new ListOptions { LabelSelector = "app=web" }, Cancelled);
        return Assert.Single(list.Items);
    }

    private static (string?, string?, string?) ControllerOf(JsonObject item)
    {
        var owner = item["metadata"]!["ownerReferences"]!.AsArray()
            .Single(one => (bool?)one!["controller"] == true)!;
        return ((string?)owner["apiVersion"], (string?)owner["kind"], (string?)owner["uid"]);
    }

    private static string? Uid(JsonObject item) => (string?)item["metadata"]!["uid"];
}
