namespace Tracebloc.Cli;

/// <summary>A signal has ended the program, and its user has to know what follows.</summary>
/// <param name="message">The thing that was interrupted or goes on, and the command that continues.</param>
/// <param name="innerException">The cancellation.</param>
internal sealed class Interruption(string message, Exception innerException)
    : OperationCanceledException(message, innerException)
{
    /// <summary>Makes the object for programs from the exit code; null: it has nothing but the message.</summary>
    public Func<int, string>? ToJson { get; set; }
}
