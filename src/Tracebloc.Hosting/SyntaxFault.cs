using YamlDotNet.Core;

namespace Tracebloc.Hosting;

/// <summary>What a YAML parser's complaint means to the person who wrote the file.</summary>
internal static class SyntaxFault
{
    public static string Describe(string text, YamlException exception)
    {
        if (LineAt(text, exception.Start.Line).TrimStart(' ').StartsWith('\t'))
            return "a tab cannot indent YAML; use spaces";

        // The parser adds its position to some messages, in its own format.
        var message = exception.InnerException?.Message ?? exception.Message;
        var reason = message[(message.IndexOf("): ", StringComparison.Ordinal) is var end and >= 0 ? end + 3 : 0)..];
        return $"is not YAML (column {exception.Start.Column}): {Lower(reason.TrimEnd('.'))}";
    }

    private static ReadOnlySpan<char> LineAt(ReadOnlySpan<char> text, long line)
    {
        foreach (var candidate in text.EnumerateLines())
            if (--line == 0) return candidate;
        return default;
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
