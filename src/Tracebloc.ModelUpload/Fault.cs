using Tracebloc.Net;

namespace Tracebloc.ModelUpload;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        UploadException fault => fault.ExitCode,
        ProxyException or CertificateFileException => UploadExit.Usage,
        _ => UploadExit.Failed,
    };
}
