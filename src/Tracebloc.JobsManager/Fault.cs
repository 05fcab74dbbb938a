using Tracebloc.Configuration;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.JobsManager;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        ConfigurationException or KubernetesConfigurationException or ProxyException
            or CertificateFileException => JobsManagerExit.Usage,
        _ => JobsManagerExit.Failed,
    };
}
