using System.Buffers.Text;

namespace Tracebloc.Ingestion.Columns;

/// <summary>Reads integers. <c>7.0</c> and <c>1e3</c> are integers too, since other programs write them so.</summary>
internal sealed class IntegerReader : ValueReader
{
    // Numbers of so many digits fit into 64 bits.
    private const int SafeDigits = 18;

    private readonly long _least;
    private readonly long _most;

    public IntegerReader(SqlType type, NullWords nulls)
        : base(type, nulls) => (_least, _most) = RangeOf(type.Base);

    public static (long Least, long Most) RangeOf(SqlBase type) => type switch
    {
        SqlBase.TinyInt => (sbyte.MinValue, sbyte.MaxValue),
        SqlBase.SmallInt => (short.MinValue, short.MaxValue),
        SqlBase.MediumInt => (-(1 << 23), (1 << 23) - 1),
        SqlBase.Int => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private protected override CellFault ReadValue(ReadOnlySpan<byte> text, ref CellOutput output)
    {
        if (!TryPlain(text, out var value))
        {
            var fault = TryDigits(text, out value);
            if (fault != CellFault.None) return fault;
            Utf8Formatter.TryFormat(value, output.Scratch, out var length);
            output.TakeScratch(length);
        }
        else
        {
            output.Text = text;
        }

        return value < _least || value > _most ? CellFault.OutOfRange : CellFault.None;
    }

    // An integer in the form that it is stored in: no sign but a minus, no zero before other digits.
    private static bool TryPlain(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var digits = text[0] == '-' ? text[1..] : text;
        if (digits.Length - 1 is < 0 or >= SafeDigits || (digits[0] == '0' && text.Length > 1)) return false;
        foreach (var each in digits)
        {
            var digit = (uint)(each - '0');
            if (digit > 9) return false;
            value = value * 10 + digit;
        }

        if (text.Length > digits.Length) value = -value;
        return true;
    }

    private static CellFault TryDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (!NumberText.TryParse(text, out var number))
            return DoubleReader.IsInfinite(text) ? CellFault.OutOfRange : CellFault.NotOfType;
        var first = number.LeadingZeros;
        if (first == number.Digits) return CellFault.None;
        if (number.Digits - number.TrailingZeros > number.Point) return CellFault.HasFraction;
        if (number.Point - first > SafeDigits + 1) return CellFault.OutOfRange;
        Int128 sum = 0;
        for (var i = first; i < number.Point; i++)
            sum = sum * 10 + (i < number.Digits ? number[i] : 0);
        if (number.IsNegative) sum = -sum;
        if (sum < long.MinValue || sum > long.MaxValue) return CellFault.OutOfRange;
        value = (long)sum;
        return CellFault.None;
    }
}
