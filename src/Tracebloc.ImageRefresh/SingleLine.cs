namespace Tracebloc.ImageRefresh;

/// <summary>What another program wrote, made fit for a message.</summary>
internal static class SingleLine
{
    private const int Longest = 1024;

    /// <summary>One line of bounded length, without control characters; may be empty.</summary>
    public static string Of(string text)
    {
        var plain = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        var line = string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length > Longest ? string.Concat(line.AsSpan(0, Longest), "…") : line;
    }
}
