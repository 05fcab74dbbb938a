namespace Tracebloc.Registry;

/// <summary>
/// Go's path.Match on one label of a host name, as Kubernetes documents it for image pull secrets: <c>*</c>, <c>?</c>,
/// <c>[a-z]</c>, <c>[^a-z]</c> and <c>\</c> before a character meant literally. A malformed pattern fits nothing.
/// </summary>
internal static class Glob
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, afterStar, textAtStar) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (pattern[p..] is ['*', ..])
                (afterStar, textAtStar) = (++p, t);
            else if (Term(pattern[p..], text[t]) is > 0 and var length)
                (p, t) = (p + length, t + 1);
            else if (afterStar >= 0)
                (p, t) = (afterStar, ++textAtStar);
            else
                return false;
        }
        return pattern[p..].Trim('*').IsEmpty;
    }

    // The length of the pattern's first term if it fits the character, else 0.
    private static int Term(ReadOnlySpan<char> pattern, char c) => pattern switch
    {
        ['?', ..] => 1,
        ['\\', var literal, ..] => literal == c ? 2 : 0,
        ['[', '^', ..] => Class(pattern, 2, c) is var (end, fits) && !fits ? end : 0,
        ['[', ..] => Class(pattern, 1, c) is var (end, fits) && fits ? end : 0,
        [var literal, ..] => literal == c ? 1 : 0,
        [] => 0,
    };

    private static (int End, bool Fits) Class(ReadOnlySpan<char> pattern, int start, char c)
    {
        var fits = false;
        for (var i = start; i < pattern.Length; i++)
        {
            if (pattern[i] == ']' && i > start)
                return (i + 1, fits);
            var low = pattern[i];
            var high = pattern[(i + 1)..] is ['-', not ']' and var last, ..] ? last : low;
            if (high != low)
                i += 2;
            fits |= c >= low && c <= high;
        }
        return (0, false);
    }
}
