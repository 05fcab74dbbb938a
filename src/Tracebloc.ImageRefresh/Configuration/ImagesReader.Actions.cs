using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Configuration;

internal sealed partial class ImagesReader
{
    private static OnFailure ReadOnFailure(ConfigurationReader item, WorkloadReference? workload)
    {
        if (item.Choice("onFailure", "a reaction to a failed rollout", "keep", "rollback") != "rollback")
            return OnFailure.Keep;
        if (workload is { HasRollout: false })
        {
            item.Refuse("onFailure", $"rollback follows a failed rollout, and {workload} has none; leave it away or"
                + " write keep");
        }
        return OnFailure.Rollback;
    }

    private static RefreshAction? ReadAction(
        ConfigurationReader item, WorkloadReference? workload, OnFailure onFailure)
    {
        if (item.Find("action") is null) item.Missing("action", "write action: restart, setEnv or setImage");
        switch (item.Choice("action", "an action", "restart", "setEnv", "setImage"))
        {
            case "restart" when workload is { HasRollout: false }:
                // A Job makes its pods anew, and they end with it.
                item.Refuse("action", $"restart would replace no pod of {workload}; write setImage or setEnv, or let"
                    + " each Job pull its tag by imagePullPolicy: Always");
                goto default;
            case "restart":
                RefuseKey(item, "env", "goes with setEnv; restart changes no variable");
                return ReadRestart(item, onFailure);
            case "setEnv":
                var (container, variable) = (ReadContainer(item), ReadVariable(item));
                return container is null || variable is null ? null : new RefreshAction.SetEnv(container, variable);
            case "setImage":
                RefuseKey(item, "env", "goes with setEnv; setImage changes the container's image");
                return ReadContainer(item) is { } target ? new RefreshAction.SetImage(target) : null;
            default:
                // The other keys depend on the action, so they are not judged.
                item.Find("container");
                item.Find("env");
                return null;
        }
    }

    // Pods that pull by tag go back by a container that pulls a digest for a while.
    private static RefreshAction.Restart? ReadRestart(ConfigurationReader item, OnFailure onFailure)
    {
        if (onFailure == OnFailure.Rollback)
            return ReadContainer(item, "container: api, whose image a rollback pins") is { } container
                ? new RefreshAction.Restart(container)
                : null;
        RefuseKey(
            item, "container", "goes with setEnv, setImage and onFailure: rollback; restart takes the whole workload");
        return new RefreshAction.Restart();
    }

    private static string? ReadContainer(
        ConfigurationReader item, string example = "container: api, as the pod template names it")
    {
        var name = item.RequiredText("container", example);
        if (name is null || KubernetesName.IsLabel(name)) return name;
        item.Refuse("container", $"\"{name}\" is no container's name; use lower-case letters, digits and dashes");
        return null;
    }

    private static string? ReadVariable(ConfigurationReader item)
    {
        var name = item.RequiredText("env", "env: IMAGE_DIGEST, the variable that takes the digest");
        if (name is null || KubernetesName.IsVariable(name)) return name;
        item.Refuse("env", $"\"{name}\" is no variable's name; use letters, digits, dashes, dots and underscores");
        return null;
    }

    private static void RefuseKey(ConfigurationReader item, string key, string reason)
    {
        if (item.Find(key) is not null) item.Refuse(key, $"{reason}; remove it or change the action");
    }
}
