using System.Globalization;
using Serilog.Events;
using Serilog.Parsing;

namespace Tracebloc.Hosting;

/// <summary>Renders a message without the quotes Serilog puts around text, as its <c>:lj</c> format does.</summary>
internal static class LogValue
{
    public static void Render(
        MessageTemplateToken token, IReadOnlyDictionary<string, LogEventPropertyValue> properties, TextWriter output)
    {
        if (token is PropertyToken property
            && properties.TryGetValue(property.PropertyName, out var value)
            && value is ScalarValue { Value: string text })
            output.Write(text);
        else
            token.Render(properties, output, CultureInfo.InvariantCulture);
    }
}
