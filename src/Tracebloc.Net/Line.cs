namespace Tracebloc.Net;

/// <summary>Foreign text, made fit for a message.</summary>
public static class Line
{
    private const int Longest = 1024;

    /// <summary>One line of bounded length, without control characters; may be empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters that are kept; an ellipsis follows where more are cut off.</param>
    public static string Of(string text, int longest = Longest)
    {
        var line = Join(text);
        if (line.Length <= longest) return line;
        // Half of a surrogate pair is no text.
        var end = char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest;
        return string.Concat(line.AsSpan(0, end), "…");
    }

    /// <summary>
    /// The same of any length: for a message that quotes others, mostly as it is. No pod, annotation or server may add
    /// lines to a report, or colours to a terminal.
    /// </summary>
    public static string Whole(string text)
    {
        foreach (var character in text)
            if (IsUnfit(character)) return Join(text);
        return text;
    }

    /// <summary>The text without the one line break that editors and <c>echo</c> put at the end of a file.</summary>
    public static string WithoutBreak(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    private static string Join(string text)
    {
        var plain = string.Concat(text.Select(character => IsUnfit(character) ? ' ' : character));
        return string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsUnfit(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
