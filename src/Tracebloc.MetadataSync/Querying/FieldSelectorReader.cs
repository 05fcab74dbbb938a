using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Reads field selectors by the grammar of Kubernetes: a backslash escapes itself, commas and =.</summary>
/// <seealso href="https://github.com/kubernetes/apimachinery/blob/master/pkg/fields/selector.go"/>
internal static class FieldSelectorReader
{
    private static readonly string[] Operators = ["!=", "==", "="];

    public static bool TryRead(
        string text, [NotNullWhen(true)] out FieldSelector? selector, [NotNullWhen(false)] out SelectorFault? fault)
    {
        (selector, fault) = (null, null);
        var terms = new List<FieldTerm>();
        foreach (var (start, part) in Parts(text))
        {
            if (part.Length == 0) continue;
            if (Term(part, start + 1, ref fault) is not { } term) break;
            terms.Add(term);
        }

        if (fault is null) selector = new FieldSelector(terms);
        return selector is not null;
    }

    private static FieldTerm? Term(string part, int position, ref SelectorFault? fault)
    {
        var (at, sign) = Operator(part);
        if (sign is null)
        {
            fault = new SelectorFault(position, $"\"{part}\" has no operator; write =, == or !=");
            return null;
        }

        var start = at + sign.Length;
        return Value(part[start..], position + start, ref fault) is { } value
            ? new FieldTerm(part[..at], sign == "!=", value, position)
            : null;
    }

    private static (int At, string? Sign) Operator(string part)
    {
        for (var at = 0; at < part.Length; at++)
            if (Operators.FirstOrDefault(each => part.AsSpan(at).StartsWith(each)) is { } sign)
                return (at, sign);
        return (0, null);
    }

    private static string? Value(string text, int position, ref SelectorFault? fault)
    {
        var value = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\\')
            {
                if (++at == text.Length || text[at] is not ('\\' or ',' or '='))
                {
                    fault = new SelectorFault(position + at - 1, @"the escape is none of \\, \, and \=");
                    return null;
                }

                letter = text[at];
            }
            else if (letter == '=')
            {
                fault = new SelectorFault(position + at, @"the value holds a bare ""=""; write \=");
                return null;
            }

            value.Append(letter);
        }

        return value.ToString();
    }

    private static IEnumerable<(int Start, string Part)> Parts(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == ',')
            {
                yield return (start, text[start..at]);
                start = at + 1;
            }

        yield return (start, text[start..]);
    }
}
