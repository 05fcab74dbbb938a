using System.Buffers;
using System.Text;

namespace Tracebloc.Ingestion.Columns;

/// <summary>The white space around a value, which is no part of it: that of ASCII and of Unicode.</summary>
public static class Blanks
{
    /// <summary>The text without white space at its ends.</summary>
    /// <param name="text">UTF-8.</param>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (IsInk(text[0]) && IsInk(text[^1])) ? text : TrimSlowly(text);

    /// <summary>True where <see cref="Trim"/> takes something off.</summary>
    /// <param name="text">UTF-8.</param>
    public static bool Surround(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (!IsInk(text[0]) || !IsInk(text[^1])) && TrimSlowly(text).Length < text.Length;

    private static bool IsInk(byte value) => value is > (byte)' ' and < 0x7f;

    private static ReadOnlySpan<byte> TrimSlowly(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out var first, out var length) == OperationStatus.Done
            && Rune.IsWhiteSpace(first))
        {
            text = text[length..];
        }

        while (Rune.DecodeLastFromUtf8(text, out var last, out var length) == OperationStatus.Done
            && Rune.IsWhiteSpace(last))
        {
            text = text[..^length];
        }

        return text;
    }
}
