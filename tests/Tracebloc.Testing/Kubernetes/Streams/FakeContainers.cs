using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The containers of a pod, and the server's refusals about them.</summary>
internal static class FakeContainers
{
    internal static IReadOnlyList<string> Of(FakeObject pod) =>
        [.. pod.Body["spec"]!["containers"]!.AsArray().Select(container => (string?)container!["name"] ?? "")];

    /// <summary>The container that a request means.</summary>
    internal static string Find(FakeObject pod, string? asked)
    {
        var all = Of(pod);
        if (asked is null && all.Count > 1)
            throw FakeStatusException.BadRequest(
                $"a container name must be specified for pod {pod.Name}, choose one of: [{string.Join(' ', all)}]");
        return asked is null || all.Contains(asked) ? asked ?? all[0]
            : throw FakeStatusException.BadRequest($"container {asked} is not valid for pod {pod.Name}");
    }

    internal static void RefuseWaiting(FakeObject pod, string container)
    {
        var state = (pod.Body["status"]?["containerStatuses"] as JsonArray)
            ?.FirstOrDefault(status => (string?)status!["name"] == container)?["state"];
        if (state?["waiting"]?["reason"] is { } reason)
            throw FakeStatusException.BadRequest(
                $"container \"{container}\" in pod \"{pod.Name}\" is waiting to start: {reason}");
    }
}
