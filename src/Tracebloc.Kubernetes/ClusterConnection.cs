namespace Tracebloc.Kubernetes;

/// <summary>
/// Chooses the API server: the kubeconfig that was named, else the pod's service account, else what kubectl would use.
/// </summary>
public static class ClusterConnection
{
    /// <param name="kubeconfig">The kubeconfig's file; null when none is named.</param>
    /// <param name="context">The context in it; null for its current-context.</param>
    /// <param name="variable">Looks an environment variable up.</param>
    /// <exception cref="KubernetesConfigurationException">There is no usable configuration.</exception>
    public static KubernetesClientConfiguration Find(
        string? kubeconfig, string? context, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var named = kubeconfig is not null || context is not null;
        var pod = named
            ? null
            : KubernetesClientConfiguration.InCluster(variable, KubernetesClientConfiguration.ServiceAccountDirectory);
        return pod ?? KubernetesClientConfiguration.FromKubeConfig(
            KubeConfigSource.Find(kubeconfig, variable) with { Context = context });
    }
}
