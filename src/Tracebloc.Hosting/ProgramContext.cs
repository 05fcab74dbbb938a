using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting;

/// <summary>The process as a verb sees it.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Variable">Looks an environment variable up; null when it is unset.</param>
/// <param name="Logger">Writes to standard error.</param>
/// <param name="Out">Writes results to standard output.</param>
public sealed record ProgramContext(
    TimeProvider Time, Func<string, string?> Variable, ILogger Logger, ResultWriter Out)
{
    /// <summary>The real clock, environment and streams.</summary>
    /// <param name="name">The program's name, which is the log's category.</param>
    /// <param name="level">The least level that is logged.</param>
    public static ProgramContext OfProcess(string name, LogLevel level)
    {
        var options = new LoggingOptions
        {
            MinimumLevel = level,
            Format = LoggingOptions.FormatFor(Environment.GetEnvironmentVariable, !Console.IsErrorRedirected),
        };
        // Every event is written when it happens: nothing is left to flush at the end.
        return new ProgramContext(
            TimeProvider.System,
            Environment.GetEnvironmentVariable,
            new ProgramLogging(options, Console.OpenStandardError()).CreateLogger(name),
            new ResultWriter(Console.OpenStandardOutput));
    }
}
