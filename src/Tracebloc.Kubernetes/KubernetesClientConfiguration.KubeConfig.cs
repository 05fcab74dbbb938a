namespace Tracebloc.Kubernetes;

public sealed partial record KubernetesClientConfiguration
{
    /// <summary>The configuration that kubectl would use.</summary>
    /// <param name="source">The files and the context: see <see cref="KubeConfigSource.Find"/>.</param>
    /// <exception cref="KubernetesConfigurationException">There is no file, no such context, or a fault in what it
    /// refers to; the message has the file, the line, the field and the remedy.</exception>
    public static KubernetesClientConfiguration FromKubeConfig(KubeConfigSource source)
    {
        var files = KubeConfig.Load(source);
        var name = files.ContextName(source.Context);
        var context = files.Context(name);
        var cluster = files.Referred(context.Required("cluster"), "clusters", "cluster");
        var configuration = KubeConfigCluster.Read(cluster) with
        {
            Namespace = context["namespace"] is { } named ? NamedNamespace(named) : "default",
            NamesNamespace = context["namespace"] is not null,
            Context = name,
        };
        return context["user"] is { } user
            ? KubeConfigUser.Read(files.Referred(user, "users", "user"), cluster, configuration)
            : configuration;
    }

    private static string NamedNamespace(KubeConfigNode node) =>
        KubernetesName.IsLabel(node.Text())
            ? node.Text() : throw node.Error(KubernetesName.NamespaceFault(node.Text()));
}
