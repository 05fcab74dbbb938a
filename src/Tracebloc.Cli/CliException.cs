using Tracebloc.Net;

namespace Tracebloc.Cli;

/// <summary>An end of the program that its user can remedy.</summary>
/// <param name="exitCode">One of <see cref="CliExit"/>.</param>
/// <param name="message">The thing first, then the fault, the cause and the remedy.</param>
/// <param name="innerException">The cause, if it was thrown.</param>
internal sealed class CliException(int exitCode, string message, Exception? innerException = null)
    : Exception(Escaped.Text(message), innerException)
{
    public int ExitCode => exitCode;

    /// <summary>True where the same may succeed soon, as in a rollout.</summary>
    public bool IsPassing { get; init; }
}
