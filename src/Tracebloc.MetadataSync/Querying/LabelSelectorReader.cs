using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Reads label selectors by the grammar of Kubernetes.</summary>
internal sealed class LabelSelectorReader
{
    private readonly IReadOnlyList<LabelToken> _tokens;
    private int _next;
    private SelectorFault? _fault;

    private LabelSelectorReader(string text) => _tokens = LabelTokens.Of(text);

    private LabelToken Next => _tokens[_next];

    public static bool TryRead(
        string text, [NotNullWhen(true)] out LabelSelector? selector, [NotNullWhen(false)] out SelectorFault? fault)
    {
        var reader = new LabelSelectorReader(text);
        var requirements = reader.All();
        (selector, fault) = reader._fault is null
            ? (new LabelSelector(requirements), (SelectorFault?)null)
            : (null, reader._fault);
        return selector is not null;
    }

    private List<LabelRequirement> All()
    {
        var all = new List<LabelRequirement>();
        if (Next.Kind == LabelTokenKind.End) return all;
        while (true)
        {
            if (One() is not { } requirement) return all;
            all.Add(requirement);
            var separator = Take();
            if (separator.Kind == LabelTokenKind.End) return all;
            if (!separator.Is(",")) return Blamed(separator, "a comma or the end", all);
            if (!Next.IsWord && !Next.Is("!")) return Blamed(Next, "a key after the comma", all);
        }
    }

    private LabelRequirement? One()
    {
        var isAbsent = Next.Is("!");
        if (isAbsent) Take();
        var key = Take();
        if (!key.IsWord) return Blamed<LabelRequirement?>(key, "a key", null);
        if (!LabelRules.IsKey(key.Text))
            return Wrong(key.Position, $"\"{key.Text}\" is not the key of a label");
        if (isAbsent) return new LabelRequirement(key.Text, LabelOperator.Absent);
        if (Next.Kind == LabelTokenKind.End || Next.Is(","))
            return new LabelRequirement(key.Text, LabelOperator.Exists);
        return Compared(key.Text, Take());
    }

    private LabelRequirement? Compared(string key, LabelToken symbol) => symbol switch
    {
        { Kind: LabelTokenKind.Symbol, Text: "=" or "==" } => Exact(key, LabelOperator.In),
        { Kind: LabelTokenKind.Symbol, Text: "!=" } => Exact(key, LabelOperator.NotIn),
        { Kind: LabelTokenKind.Symbol, Text: ">" } => Numeric(key, LabelOperator.Greater),
        { Kind: LabelTokenKind.Symbol, Text: "<" } => Numeric(key, LabelOperator.Less),
        { IsWord: true, Text: "in" } => Listed(key, LabelOperator.In),
        { IsWord: true, Text: "notin" } => Listed(key, LabelOperator.NotIn),
        _ => Blamed<LabelRequirement?>(symbol, "=, ==, !=, <, >, in or notin", null),
    };

    private LabelRequirement? Exact(string key, LabelOperator comparison) =>
        Value() is { } value && Checked(value) ? new LabelRequirement(key, comparison, value.Text) : null;

    // A sign is no character of a label's value.
    private LabelRequirement? Numeric(string key, LabelOperator comparison) => Value() switch
    {
        null => null,
        { } value when !long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
            Wrong(value.Position, $"\"{value.Text}\" is not a whole number, which < and > compare with"),
        { } value => new LabelRequirement(key, comparison, value.Text),
    };

    // Nothing after the operator is the empty value.
    private LabelToken? Value() => Next switch
    {
        { Kind: LabelTokenKind.End } or { Text: ",", IsWord: false } =>
            new LabelToken(LabelTokenKind.Word, "", Next.Position),
        { IsWord: true } => Take(),
        _ => Blamed<LabelToken?>(Next, "a value", null),
    };

    private LabelRequirement? Listed(string key, LabelOperator comparison)
    {
        var open = Take();
        if (!open.Is("(")) return Blamed<LabelRequirement?>(open, "\"(\"", null);
        if (Next.Is(")")) return Wrong(Next.Position, "the set of values is empty; name one value or more");
        var values = new List<string>();
        while (true)
        {
            // A comma with nothing before it stands for the empty value.
            var value = Next.IsWord ? Take() : new LabelToken(LabelTokenKind.Word, "", Next.Position);
            if (!Checked(value)) return null;
            if (!values.Contains(value.Text)) values.Add(value.Text);
            var separator = Take();
            if (separator.Is(")")) return new LabelRequirement(key, comparison, values);
            if (!separator.Is(",")) return Blamed<LabelRequirement?>(separator, "\",\" or \")\"", null);
        }
    }

    private bool Checked(LabelToken value)
    {
        if (LabelRules.IsValue(value.Text)) return true;
        Wrong(value.Position, $"\"{value.Text}\" is not the value of a label");
        return false;
    }

    private LabelToken Take() => Next.Kind == LabelTokenKind.End ? Next : _tokens[_next++];

    private LabelRequirement? Wrong(int position, string message)
    {
        _fault ??= new SelectorFault(position, message);
        return null;
    }

    private T Blamed<T>(LabelToken token, string expected, T result)
    {
        _fault ??= new SelectorFault(token.Position, $"found {token}, expected {expected}");
        return result;
    }
}
