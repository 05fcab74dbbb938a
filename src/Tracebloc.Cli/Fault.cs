using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        CliException fault => fault.ExitCode,
        ConfigurationException => CliExit.Usage,
        SubmittingException { IsNotPermitted: true } => CliExit.NotPermitted,
        SubmittingException => CliExit.Submission,
        StagingException { Failure: StagingFailure.Changed } => CliExit.Local,
        StagingException => CliExit.Staging,
        KubernetesException e when e.IsForbidden || e.IsUnauthorized => CliExit.NotPermitted,
        KubernetesException => CliExit.Local,
        KubernetesConfigurationException or ProxyException or CertificateFileException => CliExit.Local,
        ReadingException or IOException or UnauthorizedAccessException => CliExit.Local,
        _ => CliExit.Unexpected,
    };
}
