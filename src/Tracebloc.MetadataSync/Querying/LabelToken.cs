namespace Tracebloc.MetadataSync.Querying;

/// <summary>A symbol, a word or the end of a label selector.</summary>
/// <param name="Kind">The sort of token.</param>
/// <param name="Text">Its characters.</param>
/// <param name="Position">Its first character, counted from 1.</param>
internal readonly record struct LabelToken(LabelTokenKind Kind, string Text, int Position)
{
    public bool IsWord => Kind == LabelTokenKind.Word;

    public bool Is(string symbol) => Kind == LabelTokenKind.Symbol && Text == symbol;

    public override string ToString() => Kind == LabelTokenKind.End ? "the end" : $"\"{Text}\"";
}

/// <summary>The sorts of tokens.</summary>
internal enum LabelTokenKind
{
    /// <summary>A key, a value, <c>in</c> or <c>notin</c>.</summary>
    Word,

    /// <summary>An operator, a comma or a parenthesis.</summary>
    Symbol,

    /// <summary>The end of the text.</summary>
    End,
}
