namespace Tracebloc.Registry;

internal static class SpanExtensions
{
    /// <summary>True when every character fits. For texts too short to repay building a SearchValues.</summary>
    public static bool All(this ReadOnlySpan<char> text, Func<char, bool> fits)
    {
        foreach (var c in text)
            if (!fits(c))
                return false;
        return true;
    }
}
