using System.Buffers.Text;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Labels;

/// <summary>Numbers as keys of 64 bits that sort as the numbers do. <c>1</c> and <c>1.0</c> are one key.</summary>
public static class LabelKey
{
    private const ulong Sign = 1UL << 63;
    private const int ExactDigits = 15;

    private static readonly double[] Powers =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The key of a value in its canonical form.</summary>
    /// <param name="type">The type: integers keep all their digits, other numbers those of a double.</param>
    /// <param name="value">The text of <see cref="CellOutput"/>.</param>
    /// <exception cref="ArgumentException">The text is no number of the type.</exception>
    public static ulong Of(SqlType type, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsInteger)
        {
            return Utf8Parser.TryParse(value, out long integer, out var length) && length == value.Length
                ? Of(integer) : throw NotANumber(type);
        }

        if (TryShort(value, out var exact)) return Of(exact);
        return type.IsNumeric && Utf8Parser.TryParse(value, out double number, out var end) && end == value.Length
            ? Of(number) : throw NotANumber(type);
    }

    internal static ulong Of(long value) => (ulong)value ^ Sign;

    internal static ulong Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);
        return (bits & Sign) != 0 ? ~bits : bits | Sign;
    }

    internal static long Integer(ulong key) => (long)(key ^ Sign);

    internal static double Number(ulong key) =>
        BitConverter.UInt64BitsToDouble((key & Sign) != 0 ? key & ~Sign : ~key);

    // Up to 15 digits and powers of ten up to 10^15 are exact as doubles, so that their quotient is the nearest one.
    private static bool TryShort(ReadOnlySpan<byte> value, out double number)
    {
        number = 0;
        if (value.IsEmpty || !NumberText.IsPlain(value, out var whole, out var fraction)) return false;
        if (whole + fraction > ExactDigits) return false;
        long digits = 0;
        foreach (var each in value)
            if (each >= '0') digits = digits * 10 + each - '0';
        number = digits / Powers[fraction];
        if (value[0] == '-') number = -number;
        return true;
    }

    private static ArgumentException NotANumber(SqlType type) => new($"The value is no {type.Declared}.", nameof(type));
}
