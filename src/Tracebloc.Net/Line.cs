namespace Tracebloc.Net;

/// <summary>Foreign text, made fit for a message.</summary>
public static class Line
{
    private const int Longest = 1024;

    /// <summary>One line of bounded length, without control characters; may be empty.</summary>
    public static string Of(string text)
    {
        var line = Join(text);
        return line.Length > Longest ? string.Concat(line.AsSpan(0, Longest), "…") : line;
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

    private static string Join(string text)
    {
        var plain = string.Concat(text.Select(character => IsUnfit(character) ? ' ' : character));
        return string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsUnfit(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
