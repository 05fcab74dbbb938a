using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    /// <summary>A pod of a Job is evicted: it is terminating from now on, until <see cref="FinishPod"/>.</summary>
    public void TerminatePod(string name, string? ns = null)
    {
        lock (Gate) _cluster.Jobs.Terminate(Pod(name, ns));
    }

    /// <summary>A pod of a Job ends.</summary>
    /// <param name="name">The pod.</param>
    /// <param name="phase"><c>Succeeded</c> or <c>Failed</c>.</param>
    /// <param name="ns">Its namespace; null: the options' one.</param>
    public void FinishPod(string name, string phase, string? ns = null)
    {
        lock (Gate) _cluster.Jobs.Finish(Pod(name, ns), phase);
    }

    /// <summary>The first container of a pod ends, and the pod with it; its log ends too.</summary>
    /// <param name="name">The pod.</param>
    /// <param name="exitCode">The container's exit code.</param>
    /// <param name="message">Its termination message.</param>
    /// <param name="reason">For example <c>OOMKilled</c>; null: as the exit code has it.</param>
    public void EndPod(string name, int exitCode, string? message = null, string? reason = null) =>
        EndPod(name, new JsonObject
        {
            ["exitCode"] = exitCode,
            ["reason"] = reason ?? (exitCode == 0 ? "Completed" : "Error"),
            ["message"] = message,
        });

    private void EndPod(string name, JsonObject terminated)
    {
        lock (Gate)
        {
            var pod = Pod(name, null);
            var body = pod.Body.DeepClone().AsObject();
            var container = body["spec"]!["containers"]![0]!["name"]!.DeepClone();
            terminated["startedAt"] = body["metadata"]!["creationTimestamp"]!.DeepClone();
            body["status"]!["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = container,
                ["state"] = new JsonObject { ["terminated"] = terminated },
            });
            var ended = _cluster.Replace(pod, body, FakeWriter.Controller);
            _cluster.Jobs.Finish(ended, (int)terminated["exitCode"]! == 0 ? "Succeeded" : "Failed");
        }
    }

    private FakeObject Pod(string name, string? ns) => Existing($"pod/{name}", ns);
}
