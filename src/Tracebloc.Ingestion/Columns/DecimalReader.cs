namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads decimal numbers by their digits. A digit that the type has no room for is a fault, unless it is 0.</summary>
internal sealed class DecimalReader(SqlType type, NullWords nulls) : ValueReader(type, nulls)
{
    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        if (!NumberText.TryParse(text, out var number))
            return DoubleReader.IsInfinite(text) ? CellFault.OutOfRange : CellFault.NotOfType;
        var first = number.LeadingZeros;
        if (first < number.Digits)
        {
            if (number.Point - first > Type.Length - Type.Scale) return CellFault.OutOfRange;
            if (number.Digits - number.TrailingZeros - number.Point > Type.Scale) return CellFault.ScaleTooSmall;
        }

        if (IsPlain(text, number)) output.Text = text;
        else Write(number, ref output);
        return CellFault.None;
    }

    private bool IsPlain(ReadOnlySpan<byte> text, NumberText number) =>
        text[0] != '+' && number.Exponent == 0 && number.Whole.Length > 0
        && (number.Whole.Length == 1 || number.Whole[0] != '0')
        && number.Fraction.Length <= Type.Scale && text[^1] is not ((byte)'.' or (byte)'e' or (byte)'E')
        && text.Length == number.Digits + (number.Fraction.Length > 0 ? 1 : 0) + (number.IsNegative ? 1 : 0);

    private static void Write(NumberText number, ref CellOutput output)
    {
        var (first, end) = (number.LeadingZeros, number.Digits - number.TrailingZeros);
        var length = 0;
        if (number.IsNegative && first < number.Digits) output.Scratch[length++] = (byte)'-';
        if (first == number.Digits || number.Point <= first) output.Scratch[length++] = (byte)'0';
        if (first < number.Digits)
        {
            for (var i = Math.Min(first, number.Point); i < Math.Max(end, number.Point); i++)
            {
                if (i == number.Point) output.Scratch[length++] = (byte)'.';
                if (i < first && i < number.Point) continue;
                output.Scratch[length++] = (byte)('0' + (i >= 0 && i < number.Digits ? number[i] : 0));
            }
        }

        output.TakeScratch(length);
    }
}
