using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting;

/// <summary>A category's logger that asks for the pipeline only when there is something to write.</summary>
internal sealed class LazyLogger(ProgramLogging logging, string category) : ILogger
{
    private ILogger? _started;

    public bool IsEnabled(LogLevel logLevel) => logging.IsEnabled(logLevel);

    // No scopes: these programs put every value into the event that it belongs to.
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            (_started ??= logging.Start(category)).Log(logLevel, eventId, state, exception, formatter);
    }
}
