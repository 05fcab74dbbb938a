namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads decimal numbers by their digits. A digit other than 0 without room in the type is a fault.</summary>
internal sealed class DecimalReader(SqlType type, NullWords nulls) : ValueReader(type, nulls)
{
    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        if (NumberText.IsPlain(text, out var whole, out var fraction)
            && whole <= Type.Length - Type.Scale && fraction <= Type.Scale && (whole == 1 || !StartsWithZero(text)))
        {
            output.Text = text;
            return CellFault.None;
        }

        if (!NumberText.TryParse(text, out var number))
            return DoubleReader.IsInfinite(text) ? CellFault.OutOfRange : CellFault.NotOfType;
        var first = number.LeadingZeros;
        if (first < number.Digits)
        {
            if (number.Point - first > Type.Length - Type.Scale) return CellFault.OutOfRange;
            if (number.Digits - number.TrailingZeros - number.Point > Type.Scale) return CellFault.ScaleTooSmall;
        }

        Write(number, ref output);
        return CellFault.None;
    }

    private static bool StartsWithZero(ReadOnlySpan<byte> text) => text[0] == '0' || text is [(byte)'-', (byte)'0', ..];

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
