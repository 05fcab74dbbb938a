using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        ConfigurationException or KubernetesConfigurationException or ListenException => ExitCodes.Usage,
        RegistryException => ExitCodes.Registry,
        KubernetesException => ExitCodes.Kubernetes,
        _ => ExitCodes.Unexpected,
    };
}
