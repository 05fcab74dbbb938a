using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>The remedy for an API server that gives no answer, or does not know its user.</summary>
internal static class ServerRemedy
{
    /// <returns>Null where the fault is that of one call: an object or a right that is missing.</returns>
    public static string? For(KubernetesException fault) => fault switch
    {
        { IsUnauthorized: true } => "log in to the cluster again, or choose another --context",
        { Code: 0 } => "check the kubeconfig's server, the network and its proxy, or choose another --context",
        { IsTransient: true } => "try again in a while",
        _ => null,
    };
}
