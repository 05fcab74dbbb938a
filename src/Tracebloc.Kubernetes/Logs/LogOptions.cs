namespace Tracebloc.Kubernetes;

/// <summary>The part of a container's log to read.</summary>
public sealed record LogOptions
{
    /// <summary>The container; null: the pod's only one.</summary>
    public string? Container { get; init; }

    /// <summary>Lines of this time and after; null: from the log's beginning.</summary>
    public DateTimeOffset? Since { get; init; }
}
