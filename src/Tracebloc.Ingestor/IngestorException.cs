using Tracebloc.Net;

namespace Tracebloc.Ingestor;

/// <summary>An end of a run that its operator can remedy.</summary>
/// <param name="exitCode">One of <see cref="IngestorExit"/>.</param>
/// <param name="message">The thing first, then the fault, the cause and the remedy.</param>
/// <param name="innerException">The cause, if it was thrown.</param>
internal sealed class IngestorException(int exitCode, string message, Exception? innerException = null)
    : Exception(Escaped.Text(message), innerException)
{
    public int ExitCode => exitCode;
}
