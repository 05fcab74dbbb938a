namespace Tracebloc.CommandLine;

/// <summary>The cluster to connect to; null where the command line does not choose.</summary>
/// <param name="Kubeconfig">The kubeconfig's file.</param>
/// <param name="Context">The context's name in it.</param>
public sealed record ClusterOptions(string? Kubeconfig, string? Context);
