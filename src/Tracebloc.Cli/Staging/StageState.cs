using Tracebloc.Cli.Finding;
using Tracebloc.Net;

namespace Tracebloc.Cli.Staging;

/// <summary>The progress of a staging pod.</summary>
internal enum StagePhase
{
    /// <summary>Its container is not there yet.</summary>
    Starting,

    /// <summary>Commands can be run in it.</summary>
    Ready,

    /// <summary>It will never run, or does no more.</summary>
    Failed,
}

/// <summary>The state of a staging pod, and the reason for it.</summary>
/// <param name="Phase">The progress.</param>
/// <param name="Reason">The cluster's reason, in one line; empty for a pod that is ready.</param>
/// <param name="Remedy">The remedy; null where the events of the pod are.</param>
internal sealed record StageState(StagePhase Phase, string Reason, string? Remedy = null)
{
    // The kubelet tries these again, but nothing that it does itself makes them better.
    private static readonly string[] Hopeless =
    [
        "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError",
        "CreateContainerError", "RunContainerError",
    ];

    public static StageState Of(V1Pod pod) =>
        pod.Metadata?.DeletionTimestamp is not null ? new(StagePhase.Failed, "it is being deleted")
        : pod.Status?.Phase is "Failed" or "Succeeded" ? new(StagePhase.Failed, Ended(pod.Status))
        : pod.IsReady ? new(StagePhase.Ready, "")
        : Waiting(pod) is { } waiting ? OfWaiting(waiting, Image(pod))
        : pod.Condition("PodScheduled") is { Status: "False" } unscheduled ? OfUnscheduled(unscheduled)
        : new(StagePhase.Starting, $"phase {pod.Status?.Phase ?? "unknown"}");

    private static V1Waiting? Waiting(V1Pod pod) =>
        pod.Status?.ContainerStatuses is [var status, ..] ? status.State?.Waiting : null;

    private static string? Image(V1Pod pod) =>
        pod.Spec?.Containers is [var container, ..] ? container.Image : null;

    private static StageState OfWaiting(V1Waiting waiting, string? image)
    {
        var reason = Join(waiting.Reason, waiting.Message);
        var isImage = waiting.Reason?.Contains("Image", StringComparison.Ordinal) == true;
        return new(
            Hopeless.Contains(waiting.Reason) ? StagePhase.Failed : StagePhase.Starting,
            reason,
            isImage
                ? $"check that the cluster's nodes can pull {image}, and the pull secret of the client chart"
                : null);
    }

    private static StageState OfUnscheduled(V1Condition condition) => new(
        StagePhase.Starting,
        Join(condition.Reason, condition.Message),
        "free resources on the nodes, or check the volume and the node selector of the client chart");

    private static string Ended(V1PodStatus status)
    {
        var terminated = status.ContainerStatuses is [var container, ..] ? container.State?.Terminated : null;
        return status.Reason is not null ? Join(status.Reason, status.Message)
            : terminated is { ExitCode: { } code }
                ? Join($"its container ended with exit code {code}", terminated.Message ?? terminated.Reason)
            : $"it ended in phase {status.Phase}";
    }

    private static string Join(string? reason, string? message) => Line.Of(
        string.IsNullOrWhiteSpace(message) ? reason ?? "no reason given" : $"{reason}: {message}");
}
