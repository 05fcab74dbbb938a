namespace Tracebloc.Cli;

/// <summary>A signal has ended the program while something goes on in the cluster.</summary>
/// <param name="message">The thing that goes on, and the command that follows it.</param>
/// <param name="innerException">The cancellation.</param>
internal sealed class Interruption(string message, Exception innerException)
    : OperationCanceledException(message, innerException);
