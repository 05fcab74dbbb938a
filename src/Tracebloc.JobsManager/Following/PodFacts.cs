using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Following;

/// <summary>One pod of a run, as far as it matters to the run.</summary>
internal static class PodFacts
{
    /// <summary>Time that a pod may need for what it waits for, before its wait is an error.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>True until all its containers have ended: it may still write.</summary>
    public static bool IsActive(V1Pod pod) => pod.Status?.Phase is not ("Succeeded" or "Failed");

    public static bool HasFailed(V1Pod pod) => pod.Status?.Phase == "Failed";

    /// <summary>The start of its container; null while it has not started.</summary>
    public static DateTimeOffset? StartedAt(V1Pod pod) =>
        StateOf(pod)?.Running?.StartedAt ?? StateOf(pod)?.Terminated?.StartedAt;

    /// <summary>True from the start of its container on, of one that has ended too.</summary>
    public static bool HasStarted(V1Pod pod) =>
        StartedAt(pod) is not null || pod.Status?.Phase is "Running" or "Succeeded";

    public static DateTimeOffset EndedAt(V1Pod pod) =>
        StateOf(pod)?.Terminated?.FinishedAt ?? pod.Metadata?.CreationTimestamp ?? DateTimeOffset.MinValue;

    /// <summary>The attempt's own report; null where it could not write one.</summary>
    public static RunEnd? EndOf(V1Pod pod) => RunEnd.Find(StateOf(pod)?.Terminated?.Message);

    /// <summary>The reason for which a pod has failed.</summary>
    public static string Failure(V1Pod pod)
    {
        var ended = StateOf(pod)?.Terminated;
        if (EndOf(pod)?.Error is { } error) return error;
        if (ended?.Reason == "OOMKilled")
            return $"{Name(pod)} was ended since it used more memory than its limit (OOMKilled); raise the limit";
        if (pod.Status?.Reason is { } reason)
            return $"{Name(pod)} failed: {reason}{Detail(pod.Status.Message)}";
        if (ended is null) return $"{Name(pod)} failed";
        var last = ended.Message is { } message ? Detail(LastLine(message)) : "";
        return $"{Name(pod)} ended with exit code {ended.ExitCode}{last}";
    }

    /// <summary>The reason for which a pod has not started for long; null for one that is about to.</summary>
    public static string? Trouble(V1Pod pod, DateTimeOffset now)
    {
        if (now - pod.Metadata?.CreationTimestamp < Patience) return null;
        if (StateOf(pod)?.Waiting is { Reason: { } reason } waiting && !IsUsual(reason))
            return IsPull(reason)
                ? $"{PullTrouble}{Name(pod)}: {reason}{Detail(waiting.Message)}"
                : $"{Name(pod)} waits: {reason}{Detail(waiting.Message)}";
        var unscheduled = pod.Status?.Conditions?.FirstOrDefault(
            each => each is { Type: "PodScheduled", Status: "False" });
        return unscheduled is null ? null
            : $"{Name(pod)} waits for a node: {unscheduled.Reason}{Detail(unscheduled.Message)}";
    }

    /// <summary>The start of a text about an image, which two reasons in turn give.</summary>
    public const string PullTrouble = "The image cannot be pulled by ";

    /// <summary>True where its volume or its variables may want an object that is missing.</summary>
    public static bool MayLackObjects(V1Pod pod, DateTimeOffset now) =>
        now - pod.Metadata?.CreationTimestamp >= Patience
        && StateOf(pod)?.Waiting?.Reason is "ContainerCreating" or "CreateContainerConfigError";

    private static V1ContainerState? StateOf(V1Pod pod) => pod.Status?.ContainerStatuses?
        .FirstOrDefault(each => each.Name == RunPod.Container)?.State;

    private static bool IsUsual(string reason) => reason is "ContainerCreating" or "PodInitializing";

    private static bool IsPull(string reason) => reason is "ErrImagePull" or "ImagePullBackOff";

    private static string Name(V1Pod pod) => $"Pod {pod.Metadata?.Name}";

    private static string Detail(string? message) => string.IsNullOrWhiteSpace(message) ? "" : $": {Line.Of(message)}";

    // Without a report the message is the end of the log.
    private static string LastLine(string message) => message.TrimEnd().Split('\n')[^1];
}
