using System.Globalization;

namespace Tracebloc.Ingestion.Labels;

/// <summary>The number with the fewest digits between two values: it discloses neither of them.</summary>
internal static class GapCut
{
    private const int MostDigits = 17;

    /// <summary>The cut between two values, or at the upper one where no number of 17 digits lies between.</summary>
    /// <param name="lower">The key of a value.</param>
    /// <param name="upper">The key of the next one.</param>
    /// <param name="isInteger">True for keys of integers.</param>
    public static BinCut Between(ulong lower, ulong upper, bool isInteger) => isInteger
        ? BetweenIntegers(LabelKey.Integer(lower), LabelKey.Integer(upper))
        : BetweenNumbers(LabelKey.Number(lower), LabelKey.Number(upper));

    private static BinCut BetweenIntegers(long lower, long upper)
    {
        var sum = (Int128)lower + upper;
        if (upper - (Int128)lower == 1)
        {
            var half = Int128.Abs(sum / 2).ToString(CultureInfo.InvariantCulture);
            return half.Length >= MostDigits
                ? new(upper.ToString(CultureInfo.InvariantCulture), LabelKey.Of(upper))
                : new($"{(sum < 0 ? "-" : "")}{half}.5", LabelKey.Of(upper));
        }

        var middle = sum / 2;
        Int128 unit = 1;
        while (Int128.Abs(middle) / unit >= 10) unit *= 10;
        for (; unit > 1; unit /= 10)
        {
            var rounded = (middle + Int128.CopySign(unit / 2, middle)) / unit * unit;
            if (rounded > lower && rounded < upper) return Integer((long)rounded);
        }

        return Integer((long)middle);
    }

    private static BinCut Integer(long value) => new(value.ToString(CultureInfo.InvariantCulture), LabelKey.Of(value));

    private static BinCut BetweenNumbers(double lower, double upper)
    {
        var middle = lower / 2 + upper / 2;
        for (var digits = 1; digits <= MostDigits; digits++)
        {
            var text = middle.ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
            var rounded = double.Parse(text, CultureInfo.InvariantCulture);
            if (rounded > lower && rounded < upper) return Number(rounded);
        }

        return Number(upper);
    }

    private static BinCut Number(double value) =>
        new((value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture), LabelKey.Of(value));
}
