using Tracebloc.Configuration;
using Tracebloc.Kubernetes;

namespace Tracebloc.Ingestor;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        IngestorException fault => fault.ExitCode,
        ConfigurationException or KubernetesConfigurationException => IngestorExit.Usage,
        _ => IngestorExit.Failed,
    };
}
