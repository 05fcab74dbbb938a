using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace Tracebloc.Hosting;

/// <summary>
/// One event as compact JSON, the field names those of CLEF (https://clef-json.org): <c>@t</c> time, <c>@m</c> message,
/// <c>@l</c> level when it is not Information, <c>@x</c> exception, and the event's properties beside them.
/// Serilog.Formatting.Compact would do it, but is not on the feed.
/// </summary>
internal sealed class CompactJsonFormatter : ITextFormatter
{
    // A log is no web page: "it's" stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("@t", logEvent.Timestamp.UtcDateTime);
            json.WriteString("@m", Message(logEvent));
            if (logEvent.Level != LogEventLevel.Information) json.WriteString("@l", NameOf(logEvent.Level));
            if (logEvent.Exception is { } exception) json.WriteString("@x", exception.ToString());
            foreach (var (name, value) in logEvent.Properties) WriteProperty(json, name, value);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    private static string Message(LogEvent logEvent)
    {
        var message = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var token in logEvent.MessageTemplate.Tokens) LogValue.Render(token, logEvent.Properties, message);
        return message.ToString();
    }

    private static string NameOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "Verbose",
        LogEventLevel.Debug => "Debug",
        LogEventLevel.Warning => "Warning",
        LogEventLevel.Error => "Error",
        _ => "Fatal",
    };

    // A property whose name starts with @ is escaped by doubling it, as CLEF has it.
    private static void WriteProperty(Utf8JsonWriter json, string name, LogEventPropertyValue value)
    {
        json.WritePropertyName(name.StartsWith('@') ? $"@{name}" : name);
        WriteValue(json, value);
    }

    private static void WriteValue(Utf8JsonWriter json, LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue scalar:
                WriteScalar(json, scalar.Value);
                break;
            case SequenceValue sequence:
                json.WriteStartArray();
                foreach (var element in sequence.Elements) WriteValue(json, element);
                json.WriteEndArray();
                break;
            case StructureValue structure:
                json.WriteStartObject();
                foreach (var property in structure.Properties) WriteProperty(json, property.Name, property.Value);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(value.ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case IFormattable other: json.WriteStringValue(other.ToString(null, CultureInfo.InvariantCulture)); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
