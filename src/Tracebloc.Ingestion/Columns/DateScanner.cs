using System.Text;

namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads digits, words and marks from the left of a text.</summary>
internal ref struct DateScanner(ReadOnlySpan<byte> text)
{
    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ];

    public ReadOnlySpan<byte> Rest { get; private set; } = text;

    public readonly bool IsAtEnd => Rest.IsEmpty;

    /// <summary>Reads up to nine digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The number of digits; 0 for none.</returns>
    public int Number(out int value)
    {
        var length = 0;
        value = 0;
        while (length < Rest.Length && length < 9 && (uint)(Rest[length] - '0') <= 9)
            value = value * 10 + Rest[length++] - '0';
        Rest = Rest[length..];
        return length;
    }

    public bool Takes(char mark)
    {
        if (Rest.IsEmpty || Rest[0] != mark) return false;
        Rest = Rest[1..];
        return true;
    }

    public bool TakesWord(ReadOnlySpan<byte> word)
    {
        if (Rest.Length < word.Length || !Ascii.EqualsIgnoreCase(Rest[..word.Length], word)) return false;
        Rest = Rest[word.Length..];
        return true;
    }

    public void SkipBlanks()
    {
        while (Takes(' '))
        {
        }
    }

    /// <summary>Reads an English month, in full or by its first three letters.</summary>
    /// <returns>1 to 12; 0 for none.</returns>
    public int Month()
    {
        var length = 0;
        while (length < Rest.Length && char.IsAsciiLetter((char)Rest[length])) length++;
        for (var i = 0; length >= 3 && i < Months.Length; i++)
        {
            if (length != 3 && length != Months[i].Length) continue;
            if (!Ascii.EqualsIgnoreCase(Rest[..length], Months[i].AsSpan(0, length))) continue;
            Rest = Rest[length..];
            return i + 1;
        }

        return 0;
    }
}
