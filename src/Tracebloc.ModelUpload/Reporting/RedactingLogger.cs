using Microsoft.Extensions.Logging;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>Writes each line without the secrets of the run.</summary>
/// <param name="inner">Takes the lines.</param>
/// <param name="redaction">Masks the secrets.</param>
internal sealed class RedactingLogger(ILogger inner, Redaction redaction) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var line = redaction.Apply(formatter(state, exception));
        inner.Log(logLevel, eventId, line, null, (text, _) => text);
    }
}
