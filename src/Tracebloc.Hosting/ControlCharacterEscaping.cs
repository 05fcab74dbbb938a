using Serilog.Core;
using Serilog.Events;

namespace Tracebloc.Hosting;

/// <summary>
/// Escapes control characters in the text values of an event. Serilog's text format (<c>:l</c>) writes them as they are:
/// a value with a line break would look like a second event, and one with an escape sequence would colour a terminal.
/// </summary>
internal sealed class ControlCharacterEscaping : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        // Lists and structures are rendered as JSON, which escapes; Serilog has turned any other object into text.
        foreach (var (name, value) in logEvent.Properties.ToArray())
            if (value is ScalarValue { Value: string text } && OneLine.Escape(text) is var line && line != text)
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(line)));
    }
}
