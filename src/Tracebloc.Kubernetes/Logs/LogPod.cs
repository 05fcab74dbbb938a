using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>A container, as far as its log is concerned.</summary>
internal enum LogState
{
    /// <summary>It has not begun, or waits for its next begin: there is no log to follow.</summary>
    Waiting,

    /// <summary>It runs, or has ended and will begin again.</summary>
    Running,

    /// <summary>It has ended and does not begin again.</summary>
    Ended,
}

/// <summary>The members of a pod that decide whether a log goes on.</summary>
internal sealed record LogPod
{
    [JsonPropertyName("spec")] public LogPodSpec? Spec { get; init; }

    [JsonPropertyName("status")] public LogPodStatus? Status { get; init; }

    /// <param name="container">The container; null: the first.</param>
    internal LogState StateOf(string? container)
    {
        if (Status?.Phase is "Succeeded" or "Failed") return LogState.Ended;
        IReadOnlyList<LogContainer> all = [.. Status?.Containers ?? [], .. Status?.InitContainers ?? []];
        return all.FirstOrDefault(each => container is null || each.Name == container)?.State switch
        {
            // No node has the pod yet; or the server knows best whether there is such a container.
            null => all.Count == 0 ? LogState.Waiting : LogState.Running,
            { Terminated: { } end } => BeginsAgain(end) ? LogState.Running : LogState.Ended,
            { Running: not null } => LogState.Running,
            _ => LogState.Waiting,
        };
    }

    private bool BeginsAgain(LogTermination end) =>
        Spec?.RestartPolicy is null or "Always" || (Spec.RestartPolicy == "OnFailure" && end.ExitCode != 0);
}

internal sealed record LogPodSpec
{
    [JsonPropertyName("restartPolicy")] public string? RestartPolicy { get; init; }
}

internal sealed record LogPodStatus
{
    [JsonPropertyName("phase")] public string? Phase { get; init; }

    [JsonPropertyName("containerStatuses")] public IReadOnlyList<LogContainer>? Containers { get; init; }

    [JsonPropertyName("initContainerStatuses")] public IReadOnlyList<LogContainer>? InitContainers { get; init; }
}

internal sealed record LogContainer
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("state")] public LogContainerState? State { get; init; }
}

internal sealed record LogContainerState
{
    [JsonPropertyName("running")] public LogBegin? Running { get; init; }

    [JsonPropertyName("terminated")] public LogTermination? Terminated { get; init; }
}

/// <summary>Only its presence matters.</summary>
internal sealed record LogBegin;

internal sealed record LogTermination
{
    [JsonPropertyName("exitCode")] public int ExitCode { get; init; }
}
