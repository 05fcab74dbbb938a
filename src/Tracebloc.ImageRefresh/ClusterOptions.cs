namespace Tracebloc.ImageRefresh;

/// <summary>Which cluster, as kubectl is told; nulls when nothing was said.</summary>
internal sealed record ClusterOptions(string? Kubeconfig, string? Context);
