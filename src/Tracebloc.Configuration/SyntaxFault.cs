using YamlDotNet.Core;

namespace Tracebloc.Configuration;

/// <summary>The meaning of a YAML parser's error for the author of the file.</summary>
internal static class SyntaxFault
{
    public static ConfigurationError Describe(string file, string text, YamlException exception)
    {
        var line = (int)exception.Start.Line;
        if (TabIndentedLine(text, line) is { } tab)
            return new(file, tab, "", "a tab cannot indent YAML; use spaces");

        // The parser adds its position to some messages, in its own format.
        var message = exception.InnerException?.Message ?? exception.Message;
        var reason = message[(message.IndexOf("): ", StringComparison.Ordinal) is var end and >= 0 ? end + 3 : 0)..];
        return new(file, line, "", $"is not YAML (column {exception.Start.Column}): {Lower(reason.TrimEnd('.'))}");
    }

    // The parser may blame the value before the tab, which it took to go on.
    private static int? TabIndentedLine(string text, int blamed)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number >= blamed && line.TrimStart(' ').StartsWith('\t')) return number;
            if (number > blamed) return null;
        }

        return null;
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
