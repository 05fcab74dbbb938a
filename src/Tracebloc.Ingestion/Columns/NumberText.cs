namespace Tracebloc.Ingestion.Columns;

/// <summary>A number in its decimal digits: <c>-12.50e3</c>. No digit is lost, however many there are.</summary>
internal readonly ref struct NumberText
{
    private const int LargestExponent = 1_000_000;

    private NumberText(bool isNegative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        IsNegative = isNegative;
        Whole = whole;
        Fraction = fraction;
    }

    public bool IsNegative { get; }

    /// <summary>The digits before the point, as they were written.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    /// <summary>The digits after the point, as they were written.</summary>
    public ReadOnlySpan<byte> Fraction { get; }

    /// <summary>The power of ten; at most a million, since no type holds more.</summary>
    public int Exponent { get; private init; }

    public int Digits => Whole.Length + Fraction.Length;

    /// <summary>The number of digits before the point, with the exponent applied; may be negative.</summary>
    public int Point => Whole.Length + Exponent;

    public int LeadingZeros
    {
        get
        {
            var zeros = Whole.IndexOfAnyExcept((byte)'0');
            if (zeros >= 0) return zeros;
            zeros = Fraction.IndexOfAnyExcept((byte)'0');
            return zeros < 0 ? Digits : Whole.Length + zeros;
        }
    }

    public int TrailingZeros
    {
        get
        {
            var last = Fraction.LastIndexOfAnyExcept((byte)'0');
            if (last >= 0) return Fraction.Length - 1 - last;
            last = Whole.LastIndexOfAnyExcept((byte)'0');
            return last < 0 ? Digits : Digits - 1 - last;
        }
    }

    public int this[int digit] =>
        (digit < Whole.Length ? Whole[digit] : Fraction[digit - Whole.Length]) - '0';

    public static bool TryParse(ReadOnlySpan<byte> text, out NumberText number)
    {
        number = default;
        var rest = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        var whole = rest[..DigitsOf(rest)];
        rest = rest[whole.Length..];
        var fraction = default(ReadOnlySpan<byte>);
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            fraction = rest[..DigitsOf(rest)];
            rest = rest[fraction.Length..];
        }

        if (whole.Length + fraction.Length == 0) return false;
        var exponent = 0;
        if (!rest.IsEmpty && !TryExponent(rest, out exponent)) return false;
        number = new(text[0] == '-', whole, fraction) { Exponent = exponent };
        return true;
    }

    /// <summary>Recognises the usual form fast: digits, a point and digits or none, a minus or no sign.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="whole">The digits before the point, at least 1.</param>
    /// <param name="fraction">The digits after the point, at least 1 where there is one.</param>
    public static bool IsPlain(ReadOnlySpan<byte> text, out int whole, out int fraction)
    {
        var start = text[0] == '-' ? 1 : 0;
        var at = start;
        while (at < text.Length && (uint)(text[at] - '0') <= 9) at++;
        (whole, fraction) = (at - start, 0);
        if (at == text.Length) return whole > 0;
        if (text[at] != '.' || whole == 0) return false;
        var point = at++;
        while (at < text.Length && (uint)(text[at] - '0') <= 9) at++;
        fraction = at - point - 1;
        return at == text.Length && fraction > 0;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text[0] is not ((byte)'e' or (byte)'E')) return false;
        var digits = text is [_, (byte)'+' or (byte)'-', ..] ? text[2..] : text[1..];
        if (digits.IsEmpty || DigitsOf(digits) < digits.Length) return false;
        foreach (var digit in digits)
            exponent = Math.Min(LargestExponent, exponent * 10 + digit - '0');
        if (text[1] == '-') exponent = -exponent;
        return true;
    }

    private static int DigitsOf(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && (uint)(text[length] - '0') <= 9) length++;
        return length;
    }
}
