using Serilog.Core;
using Serilog.Events;
using Tracebloc.Net;

namespace Tracebloc.Hosting;

/// <summary>
/// Escapes control characters in the text values of an event, which Serilog's text format (<c>:l</c>) writes unchanged:
/// a line break in a value would forge a second event, an escape sequence would colour a terminal.
/// </summary>
internal sealed class ControlCharacterEscaping : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        // Lists and structures are rendered as JSON, which escapes; Serilog has turned any other object into text.
        foreach (var (name, value) in logEvent.Properties.ToArray())
            if (value is ScalarValue { Value: string text } && Escaped.Text(text) is var line && line != text)
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(line)));
    }
}
