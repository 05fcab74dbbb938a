using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

/// <summary>
/// Chooses the API server: the kubeconfig that was named, else the pod's service account, else what kubectl would use.
/// </summary>
internal static class ClusterConnection
{
    /// <exception cref="KubernetesConfigurationException">There is none, or it does not make sense.</exception>
    public static KubernetesClientConfiguration Find(ClusterOptions options, Func<string, string?> variable)
    {
        var named = options.Kubeconfig is not null || options.Context is not null;
        var pod = named
            ? null
            : KubernetesClientConfiguration.InCluster(variable, KubernetesClientConfiguration.ServiceAccountDirectory);
        return pod ?? KubernetesClientConfiguration.FromKubeConfig(
            KubeConfigSource.Find(options.Kubeconfig, variable) with { Context = options.Context });
    }
}
