namespace Tracebloc.Kubernetes;

public sealed partial record KubernetesClientConfiguration
{
    /// <summary>What kubectl would use.</summary>
    /// <param name="source">Which files and which context: see <see cref="KubeConfigSource.Find"/>.</param>
    /// <exception cref="KubernetesConfigurationException">There is no file, no such context, or a fault in what it refers
    /// to; says the file, the line, the field and the remedy.</exception>
    public static KubernetesClientConfiguration FromKubeConfig(KubeConfigSource source) =>
        throw new KubernetesConfigurationException(string.Join(':', source.Files), null, null, "not read yet");
}
