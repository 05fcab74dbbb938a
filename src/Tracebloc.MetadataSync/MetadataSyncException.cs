using Tracebloc.Net;

namespace Tracebloc.MetadataSync;

/// <summary>An end of the program that its operator can remedy.</summary>
/// <param name="exitCode">One of <see cref="MetadataSyncExit"/>.</param>
/// <param name="message">The thing first, then the fault, the cause and the remedy.</param>
/// <param name="innerException">The cause, if it was thrown.</param>
internal sealed class MetadataSyncException(int exitCode, string message, Exception? innerException = null)
    : Exception(Escaped.Text(message), innerException)
{
    public int ExitCode => exitCode;
}
