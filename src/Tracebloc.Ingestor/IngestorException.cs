using Tracebloc.Configuration;
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

    /// <summary>True where another attempt with the same input cannot succeed.</summary>
    public bool IsFinal { get; init; } = exitCode is IngestorExit.Usage or IngestorExit.NoDatabaseHost;

    /// <summary>The faults of a file, if it was rejected for them; they follow the message.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; init; } = [];
}
