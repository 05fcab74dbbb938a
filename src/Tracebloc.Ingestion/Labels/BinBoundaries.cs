using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Labels;

/// <summary>The cuts between the bins of a label. The first and the last bin have no other end.</summary>
/// <param name="Cuts">In ascending order; one fewer than bins.</param>
/// <param name="Remark">The reason of fewer bins than were asked for; null without one.</param>
public sealed record BinBoundaries(IReadOnlyList<BinCut> Cuts, string? Remark = null)
{
    /// <summary>The bin of a missing value.</summary>
    public const int Missing = -1;

    /// <summary>The number of bins.</summary>
    public int Bins => Cuts.Count + 1;

    /// <summary>Reads cuts that an earlier run wrote.</summary>
    /// <param name="texts">The text of each cut.</param>
    /// <param name="type">The type of the label, which may differ from that of the earlier run.</param>
    /// <param name="boundaries">The cuts.</param>
    /// <returns>False where a text is no number, or the cuts do not ascend.</returns>
    public static bool TryParse(
        IReadOnlyList<string> texts, SqlType type, [NotNullWhen(true)] out BinBoundaries? boundaries)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(type);
        var cuts = new List<BinCut>();
        boundaries = null;
        foreach (var text in texts)
        {
            if (!TryKey(text, type, out var key) || (cuts.Count > 0 && key < cuts[^1].Key)) return false;
            cuts.Add(new(text, key));
        }

        boundaries = new(cuts);
        return true;
    }

    /// <summary>The bin of a value, counted from 0: the number of cuts that are not above it.</summary>
    public int IndexOf(ulong key)
    {
        var (low, high) = (0, Cuts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Cuts[middle].Key <= key) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    // The least integer that is not below 3.5 is 4.
    private static bool TryKey(string text, SqlType type, out ulong key)
    {
        key = 0;
        if (!type.IsInteger)
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            key = LabelKey.Of(number);
            return isNumber && double.IsFinite(number);
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)) return false;
        var least = Math.Ceiling(exact);
        key = LabelKey.Of(least > long.MaxValue ? long.MaxValue : least < long.MinValue ? long.MinValue : (long)least);
        return true;
    }
}
