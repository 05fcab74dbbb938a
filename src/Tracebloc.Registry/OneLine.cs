namespace Tracebloc.Registry;

internal static class OneLine
{
    /// <summary>Foreign text as one line: control characters become spaces.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
    });
}
