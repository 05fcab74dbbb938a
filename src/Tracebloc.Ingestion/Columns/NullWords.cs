namespace Tracebloc.Ingestion.Columns;

/// <summary>The words that stand for a missing value. They are compared as they are: in this case, without blanks.</summary>
public sealed class NullWords
{
    private readonly byte[][] _words;
    private readonly ulong _lengths;
    private readonly int _longest;

    private NullWords(params IReadOnlyList<string> words)
    {
        All = words;
        _words = [.. words.Select(System.Text.Encoding.ASCII.GetBytes)];
        _lengths = _words.Aggregate(0UL, (bits, word) => bits | 1UL << word.Length);
        _longest = _words.Max(word => word.Length);
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
    /// <param name="word">The place of the word in <see cref="All"/>; -1 for none.</param>
    public bool Contains(ReadOnlySpan<byte> cell, out int word)
    {
        word = -1;
        if (cell.Length > 0 && !MayBeWord(cell)) return false;
        for (var i = 0; i < _words.Length; i++)
        {
            if (!cell.SequenceEqual(_words[i])) continue;
            word = i;
            return true;
        }

        if (!Blanks.Trim(cell).IsEmpty) return false;
        word = 0;
        return true;
    }

    // Most cells are told from all words by their length and first byte.
    private bool MayBeWord(ReadOnlySpan<byte> cell) =>
        cell[0] is <= (byte)' ' or >= 0x80
        || (cell.Length <= _longest && (_lengths >> cell.Length & 1) != 0
            && cell[0] is (byte)'#' or (byte)'-' or (byte)'1' or (byte)'<' or (byte)'N' or (byte)'n');
}
