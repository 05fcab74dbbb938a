using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        MetadataSyncException fault => fault.ExitCode,
        ConfigurationException or KubernetesConfigurationException or ProxyException
            or CertificateFileException => MetadataSyncExit.Usage,
        KubernetesException => MetadataSyncExit.Kubernetes,
        DatabaseException or FenceException => MetadataSyncExit.Database,
        _ => MetadataSyncExit.Failed,
    };
}
