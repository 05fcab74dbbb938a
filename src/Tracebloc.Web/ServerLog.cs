using Microsoft.Extensions.Logging;

namespace Tracebloc.Web;

/// <summary>
/// Hands warnings and errors of the server to the program's logger. Its lines about each request stay out: they hold
/// the address with its query.
/// </summary>
internal sealed class ServerLog(ILogger logger) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    /// <summary>There is one destination.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The program's logger is the only one.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logger.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) logger.Log(logLevel, eventId, state, exception, formatter);
    }

    public void Dispose()
    {
        // The program's logger is the program's to close.
    }
}
