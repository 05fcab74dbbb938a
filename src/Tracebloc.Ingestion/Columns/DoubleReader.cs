using System.Buffers.Text;
using System.Text;

namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads binary numbers by their grammar; the database converts the digits, which stay as they are.</summary>
internal sealed class DoubleReader(SqlType type, NullWords nulls) : ValueReader(type, nulls)
{
    // A double ends at 1.8e308: fewer digits before the point are below that.
    private const int SafePoint = 308;

    public static bool IsInfinite(ReadOnlySpan<byte> text)
    {
        var word = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        return Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
    }

    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        if (NumberText.IsPlain(text, out var whole, out _) && whole <= SafePoint)
        {
            output.Text = text;
            return CellFault.None;
        }

        if (!NumberText.TryParse(text, out var number))
            return IsInfinite(text) ? CellFault.OutOfRange : CellFault.NotOfType;
        if (number.Point > SafePoint && IsTooLarge(number, text)) return CellFault.OutOfRange;
        output.Text = text[0] == '+' ? text[1..] : text;
        return CellFault.None;
    }

    private static bool IsTooLarge(NumberText number, ReadOnlySpan<byte> text)
    {
        var first = number.LeadingZeros;
        if (first == number.Digits || number.Point - first <= SafePoint) return false;
        return !Utf8Parser.TryParse(text, out double value, out var length)
            || length < text.Length || !double.IsFinite(value);
    }
}
