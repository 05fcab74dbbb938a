using Tracebloc.Net;

namespace Tracebloc.Hosting;

/// <summary>The edge between a program and its process: signals in, one exit code and one line of error out.</summary>
public static class ProgramEntry
{
    /// <summary>Runs the program until it ends, or until SIGINT or SIGTERM cancels it.</summary>
    /// <param name="run">The program; returns its exit code.</param>
    /// <param name="exitCodeOf">
    /// The exit code of an expected exception, whose message contains the remedy;
    /// <see cref="ExitCodes.Unexpected"/> for any other.
    /// </param>
    /// <param name="onFault">
    /// Gets the exception that ends the program, and the exit code, before anything is written; null for none.
    /// </param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> Main(
        Func<CancellationToken, Task<int>> run,
        Func<Exception, int> exitCodeOf,
        Action<Exception, int>? onFault = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(exitCodeOf);
        RuntimeTrust.KeepFromLoading();
        using var signals = ShutdownSignals.Listen();
        try
        {
            var code = await run(signals.Token);
            return signals.ExitCodeOfSignal ?? code;
        }
        catch (OperationCanceledException cancelled) when (signals.ExitCodeOfSignal is not null)
        {
            onFault?.Invoke(cancelled, signals.ExitCodeOfSignal.Value);
            return signals.ExitCodeOfSignal.Value;
        }
        catch (Exception exception)
        {
            var code = exitCodeOf(exception);
            onFault?.Invoke(exception, code);
            return Report(exception, code, Console.Error);
        }
    }

    // The developers need everything about an unforeseen fault.
    internal static int Report(Exception exception, int exitCode, TextWriter error)
    {
        error.WriteLine(exitCode == ExitCodes.Unexpected ? $"unexpected: {exception}" : exception.Message);
        return exitCode;
    }
}
