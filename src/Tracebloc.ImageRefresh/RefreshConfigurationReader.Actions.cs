using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh;

internal sealed partial class RefreshConfigurationReader
{
    private static RefreshAction? ReadAction(ConfigurationReader item)
    {
        if (item.Find("action") is null) item.Missing("action", "write action: restart, setEnv or setImage");
        switch (item.Choice("action", "an action", "restart", "setEnv", "setImage"))
        {
            case "restart":
                RefuseKey(item, "container", "goes with setEnv and setImage; restart takes the whole workload");
                RefuseKey(item, "env", "goes with setEnv; restart changes no variable");
                return new RefreshAction.Restart();
            case "setEnv":
                var (container, variable) = (ReadContainer(item), ReadVariable(item));
                return container is null || variable is null ? null : new RefreshAction.SetEnv(container, variable);
            case "setImage":
                RefuseKey(item, "env", "goes with setEnv; setImage changes the container's image");
                return ReadContainer(item) is { } target ? new RefreshAction.SetImage(target) : null;
            default:
                // What else belongs here depends on the action, so nothing is said about it.
                item.Find("container");
                item.Find("env");
                return null;
        }
    }

    private static string? ReadContainer(ConfigurationReader item)
    {
        var name = item.RequiredText("container", "container: api, as the pod template names it");
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
        if (item.Find(key) is not null) item.Refuse(key, $"{reason}; leave it away or change the action");
    }
}
