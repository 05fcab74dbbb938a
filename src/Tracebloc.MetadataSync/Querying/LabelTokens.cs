namespace Tracebloc.MetadataSync.Querying;

/// <summary>Cuts a label selector into tokens as Kubernetes does.</summary>
/// <seealso href="https://github.com/kubernetes/apimachinery/blob/master/pkg/labels/selector.go"/>
internal static class LabelTokens
{
    private const string Special = "=!(),<>";

    // Longer ones first: of "!==" the first symbol is "!=".
    private static readonly string[] Symbols = ["==", "!=", "=", "!", "(", ")", ",", "<", ">"];

    /// <summary>All tokens; the last is the end.</summary>
    public static IReadOnlyList<LabelToken> Of(string text)
    {
        var tokens = new List<LabelToken>();
        for (var at = 0; at < text.Length;)
        {
            if (IsSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = TokenAt(text, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new LabelToken(LabelTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static LabelToken TokenAt(string text, int at)
    {
        if (Symbols.FirstOrDefault(each => text.AsSpan(at).StartsWith(each)) is { } symbol)
            return new LabelToken(LabelTokenKind.Symbol, symbol, at + 1);
        var end = at;
        while (end < text.Length && !IsSpace(text[end]) && !Special.Contains(text[end], StringComparison.Ordinal))
            end++;
        return new LabelToken(LabelTokenKind.Word, text[at..end], at + 1);
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\r' or '\n';
}
