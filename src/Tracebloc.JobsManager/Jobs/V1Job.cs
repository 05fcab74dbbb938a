using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Pods;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>A Job (batch/v1), with the members that runs need. It is created and patched, never replaced.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/"/>
internal sealed record V1Job
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public V1ObjectMeta? Metadata { get; init; }

    public V1JobSpec? Spec { get; init; }

    public V1JobStatus? Status { get; init; }
}

/// <summary>The wanted state of a Job.</summary>
internal sealed record V1JobSpec
{
    public int? Parallelism { get; init; }

    public int? Completions { get; init; }

    /// <summary><c>Indexed</c>: each pod has a number.</summary>
    public string? CompletionMode { get; init; }

    /// <summary>The failed pods that are replaced.</summary>
    public int? BackoffLimit { get; init; }

    /// <summary><c>Failed</c>: a pod is replaced once it has ended; older servers drop it.</summary>
    public string? PodReplacementPolicy { get; init; }

    public V1PodFailurePolicy? PodFailurePolicy { get; init; }

    /// <summary>The life of a Job after its end; older servers drop it.</summary>
    public int? TtlSecondsAfterFinished { get; init; }

    public V1PodTemplate? Template { get; init; }
}

/// <summary>The pods of a Job.</summary>
internal sealed record V1PodTemplate
{
    public V1ObjectMeta? Metadata { get; init; }

    public V1PodSpec? Spec { get; init; }
}

/// <summary>The failures after which no pod follows; older servers drop it.</summary>
internal sealed record V1PodFailurePolicy(IReadOnlyList<V1PodFailureRule> Rules);

/// <summary>One rule of it.</summary>
internal sealed record V1PodFailureRule(string Action, V1ExitCodes OnExitCodes);

/// <summary>The exit codes of a container.</summary>
internal sealed record V1ExitCodes(string ContainerName, string Operator, IReadOnlyList<int> Values);

/// <summary>The seen state of a Job.</summary>
internal sealed record V1JobStatus
{
    public int? Active { get; init; }

    public int? Succeeded { get; init; }

    public int? Failed { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }

    public IReadOnlyList<V1Condition>? Conditions { get; init; }
}

/// <summary>A condition of a Job or a pod.</summary>
internal sealed record V1Condition
{
    public string? Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public string? Status { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? LastTransitionTime { get; init; }
}
