using System.Buffers;
using System.Text.RegularExpressions;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>spec.csv_options</c>.</summary>
/// <remarks>
/// In 0.3.9 a delimiter of several characters was a regular expression. The common ones, a tab or an escaped sign, mean
/// the same here; all others are refused rather than taken literally.
/// </remarks>
internal sealed partial class CsvOptionsReader(DocumentSection options)
{
    private static readonly SearchValues<char> OfExpressions = SearchValues.Create("\\[]()*+?");

    public CsvOptions Read()
    {
        var defaults = new CsvOptions();
        // The size of a chunk has no effect on the result.
        options.Keys.Integer("chunk_size", 1);
        var csv = new CsvOptions
        {
            Delimiter = Delimiter() ?? defaults.Delimiter,
            Quote = Sign("quotechar") ?? defaults.Quote,
            Escape = Sign("escapechar") ?? defaults.Escape,
        };
        options.Keys.RefuseUnknownKeys();
        if (csv.Delimiter.Contains(csv.Quote, StringComparison.Ordinal)
            || csv.Delimiter.Contains(csv.Escape, StringComparison.Ordinal))
        {
            options.Errors.Add(
                options.Keys.Mapping,
                "delimiter contains the quotechar or the escapechar; choose different characters");
        }

        return csv;
    }

    private string? Delimiter()
    {
        var text = options.Keys.Text("delimiter");
        if (text is null) return null;
        if (text.AsSpan().ContainsAny('\r', '\n', '\0'))
            options.Keys.Refuse("delimiter", "must not contain a line end or NUL");
        if (text == "\\t") return "\t";
        if (EscapedSign().IsMatch(text)) return text[1..];
        if (text.Length > 1 && text.AsSpan().ContainsAny(OfExpressions))
        {
            options.Keys.Refuse(
                "delimiter", $"\"{text}\" is a regular expression, which is not supported; write the delimiter itself");
            return null;
        }

        return text;
    }

    private char? Sign(string key)
    {
        var text = options.Keys.Text(key);
        if (text is null) return null;
        if (text is [>= ' ' and <= '~' or '\t']) return text[0];
        options.Keys.Refuse(key, $"must be one ASCII character, but is \"{text}\"");
        return null;
    }

    [GeneratedRegex(@"^\\[!-/:-@\[-`{-~]\z")]
    private static partial Regex EscapedSign();
}
