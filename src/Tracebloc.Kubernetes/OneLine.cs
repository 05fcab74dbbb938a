namespace Tracebloc.Kubernetes;

/// <summary>Messages of others, made fit for a log: no line breaks, no control characters, bounded.</summary>
internal static class OneLine
{
    private const int MaxLength = 1024;

    internal static string Of(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        return string.Create(length, text, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }).Trim();
    }
}
