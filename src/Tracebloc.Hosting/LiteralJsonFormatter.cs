using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Parsing;

namespace Tracebloc.Hosting;

/// <summary>
/// Compact JSON (<see href="https://clef-json.org">CLEF</see>) whose rendered message <c>@m</c> holds text without
/// quotes: <c>web moved</c>, where <see cref="RenderedCompactJsonFormatter"/> alone writes <c>\"web\" moved</c>.
/// </summary>
internal sealed class LiteralJsonFormatter : ITextFormatter
{
    private readonly RenderedCompactJsonFormatter _formatter = new();

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var template = logEvent.MessageTemplate;
        var literal = new MessageTemplate(template.Text, template.Tokens.Select(token => Literal(token, logEvent)));
        var properties = logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value));
        _formatter.Format(
            new LogEvent(logEvent.Timestamp, logEvent.Level, logEvent.Exception, literal, properties), output);
    }

    /// <summary>The token with the format <c>:l</c>, which only text understands.</summary>
    private static MessageTemplateToken Literal(MessageTemplateToken token, LogEvent logEvent) =>
        token is PropertyToken { Format: null } property
        && logEvent.Properties.GetValueOrDefault(property.PropertyName) is ScalarValue { Value: string }
            ? new PropertyToken(property.PropertyName, property.ToString(), "l", property.Alignment)
            : token;
}
