using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace Tracebloc.Hosting;

/// <summary>One event for a person: <c>08:01:35 warn message</c>, and the exception below it.</summary>
internal sealed class TextFormatter : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        output.Write(NameOf(logEvent.Level));
        foreach (var token in logEvent.MessageTemplate.Tokens)
            LogValue.Render(token, logEvent.Properties, output);
        output.Write('\n');
        if (logEvent.Exception is { } exception) output.Write($"{exception}\n");
    }

    private static string NameOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trace ",
        LogEventLevel.Debug => "debug ",
        LogEventLevel.Information => "info  ",
        LogEventLevel.Warning => "warn  ",
        LogEventLevel.Error => "error ",
        _ => "fatal ",
    };
}
