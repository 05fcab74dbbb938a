using Tracebloc.Cli.Terminal;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>A connection to the cluster that the command line chooses; nothing is sent until it is used.</summary>
internal sealed class ClusterSession : IDisposable
{
    private readonly KubernetesClientConfiguration _configuration;

    private ClusterSession(KubernetesClientConfiguration configuration, string? @namespace, TimeProvider time)
    {
        (_configuration, Time) = (configuration, time);
        Namespace = @namespace ?? (configuration.NamesNamespace ? configuration.Namespace : null);
        DefaultNamespace = configuration.Namespace;
        var options = new KubernetesClientOptions { UserAgent = $"tracebloc/{ProgramVersion.Text}" };
        Client = new KubernetesClient(configuration, time, options);
    }

    public KubernetesClient Client { get; }

    public TimeProvider Time { get; }

    /// <summary>The namespace that the command line or the context names; null where neither does.</summary>
    public string? Namespace { get; }

    /// <summary>The namespace that kubectl would take.</summary>
    public string DefaultNamespace { get; }

    /// <summary>The kubeconfig's context; null in a pod.</summary>
    public string? Context => _configuration.Context;

    /// <summary>The address of the API server, without secrets.</summary>
    public string Server => _configuration.ToString();

    /// <exception cref="KubernetesConfigurationException">No cluster is configured.</exception>
    public static ClusterSession Open(ReleaseOptions options, Screen screen) => new(
        ClusterConnection.Find(options.Cluster.Kubeconfig, options.Cluster.Context, screen.Variable),
        options.Namespace,
        screen.Time);

    public void Dispose() => Client.Dispose();
}
