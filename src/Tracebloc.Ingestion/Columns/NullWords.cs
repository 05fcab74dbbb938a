namespace Tracebloc.Ingestion.Columns;

/// <summary>The words that stand for a missing value, compared as they are: in this case, without blanks.</summary>
public sealed class NullWords
{
    private readonly byte[][] _words;
    private readonly int[]?[] _byFirst = new int[]?[256];
    private readonly ulong[] _seconds = new ulong[256 * 4];

    private NullWords(params IReadOnlyList<string> words)
    {
        All = words;
        _words = [.. words.Select(System.Text.Encoding.ASCII.GetBytes)];
        foreach (var group in _words.Index().Where(word => word.Item.Length > 0).GroupBy(word => word.Item[0]))
            _byFirst[group.Key] = [.. group.Select(word => word.Index)];
        foreach (var word in _words.Where(word => word.Length > 0))
            _seconds[word[0] * 4 + (word[1] >> 6)] |= 1UL << (word[1] & 63);
        // Blanks are looked at more closely.
        for (var first = 0; first < _byFirst.Length; first++)
            if (first is <= ' ' or >= 0x80) _byFirst[first] = [];
    }

    /// <summary>The words of tabular data, which are those of pandas.</summary>
    public static NullWords Tabular { get; } = new(
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null");

    /// <summary>The words of all other data: an empty cell alone.</summary>
    public static NullWords Others { get; } = new("");

    /// <summary>The words in their order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Looks a cell up.</summary>
    /// <param name="cell">The cell without quotes; blanks alone count as an empty cell.</param>
    /// <param name="word">The place of the word in <see cref="All"/>; valid where there is one.</param>
    public bool Contains(ReadOnlySpan<byte> cell, out int word)
    {
        word = 0;
        if (cell.IsEmpty) return true;
        // Most cells differ from all words in their first two bytes; no word has one alone.
        return _byFirst[cell[0]] is { } words
            && (words.Length == 0 || MayBeWord(cell))
            && IsWord(cell, words, out word);
    }

    private bool MayBeWord(ReadOnlySpan<byte> cell) =>
        cell.Length > 1 && (_seconds[cell[0] * 4 + (cell[1] >> 6)] >> (cell[1] & 63) & 1) != 0;

    private bool IsWord(ReadOnlySpan<byte> cell, int[] words, out int word)
    {
        foreach (var each in words)
        {
            word = each;
            if (_words[each].Length == cell.Length && cell.SequenceEqual(_words[each])) return true;
        }

        word = 0;
        return cell[0] is <= (byte)' ' or >= 0x80 && Blanks.Trim(cell).IsEmpty;
    }
}
