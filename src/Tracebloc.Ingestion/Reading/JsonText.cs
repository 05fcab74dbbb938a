using System.Globalization;
using System.Text;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Strings of JSON without their escapes.</summary>
internal static class JsonText
{
    /// <summary>Writes a string without its escapes.</summary>
    /// <param name="text">Between its quotes, as the parser accepted it.</param>
    /// <param name="output">As long as the text.</param>
    /// <returns>The bytes written; -1 for half of a surrogate pair, which is no character.</returns>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var length = 0;
        while (text.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            text[..escape].CopyTo(output[length..]);
            length += escape;
            text = text[(escape + 1)..];
            if (text[0] != 'u')
            {
                output[length++] = Simple(text[0]);
                text = text[1..];
            }
            else if (TryRune(ref text, out var rune))
            {
                length += rune.EncodeToUtf8(output[length..]);
            }
            else
            {
                return -1;
            }
        }

        text.CopyTo(output[length..]);
        return length + text.Length;
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    private static bool TryRune(ref ReadOnlySpan<byte> text, out Rune rune)
    {
        var unit = Unit(ref text);
        if (Rune.TryCreate(unit, out rune)) return true;
        return text is [(byte)'\\', (byte)'u', _, _, _, _, ..] && Rune.TryCreate(unit, Low(ref text), out rune);
    }

    private static char Low(ref ReadOnlySpan<byte> text)
    {
        text = text[1..];
        return Unit(ref text);
    }

    private static char Unit(ref ReadOnlySpan<byte> text)
    {
        var unit = (char)ushort.Parse(text.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        text = text[5..];
        return unit;
    }
}
