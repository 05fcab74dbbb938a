using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Labels;

/// <summary>Cuts the values of a label into bins of about equal size. Equal values share a bin.</summary>
public static class QuantileBins
{
    /// <summary>The cuts, which depend on the values alone, not on their order.</summary>
    /// <param name="sorted">The distinct values in ascending order.</param>
    /// <param name="rows">The rows with a value.</param>
    /// <param name="options">The number of bins, and the rows that each holds at least.</param>
    /// <param name="isInteger">True for keys of integers, see <see cref="LabelKey"/>.</param>
    public static BinBoundaries Cut(IEnumerable<KeyRun> sorted, long rows, BucketOptions options, bool isInteger)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        ArgumentNullException.ThrowIfNull(options);
        var bins = Math.Max(1, Math.Min(options.Bins, rows / options.MinBinSize));
        var cuts = new List<BinCut>();
        long below = 0;
        foreach (var gap in Nearest(sorted, rows, bins))
        {
            if (gap.Below - below < options.MinBinSize || rows - gap.Below < options.MinBinSize) continue;
            var cut = GapCut.Between(gap.Lower, gap.Upper, isInteger);
            // A cut at the greatest value would disclose it.
            if (gap.IsLast && cut.Key == gap.Upper && !IsBetween(cut, isInteger)) continue;
            cuts.Add(cut);
            below = gap.Below;
        }

        return new(cuts, cuts.Count + 1 == options.Bins ? null : Remark(cuts.Count + 1, rows, options));
    }

    private static bool IsBetween(BinCut cut, bool isInteger) => isInteger && cut.Text.Contains('.');

    private static string Remark(int bins, long rows, BucketOptions options) =>
        $"{bins} {(bins == 1 ? "bin" : "bins")} instead of {options.Bins}: {rows} rows with a value, some of them "
        + $"equal, allow no more of at least {options.MinBinSize} rows each";

    /// <summary>For each ideal cut the gap between two values that is nearest to it; of two, the lower.</summary>
    private static IEnumerable<Gap> Nearest(IEnumerable<KeyRun> sorted, long rows, long bins)
    {
        var (wanted, found) = (1L, default(Gap));
        var (before, last) = (default(Gap), default(KeyRun));
        long below = 0;
        foreach (var run in sorted)
        {
            var gap = new Gap(last.Key, run.Key, below, below + run.Count == rows);
            // All ideal cuts up to this gap are nearest to it or to the one before.
            while (below > 0 && wanted < bins && wanted * rows <= below * bins)
            {
                var nearest = before.Below > 0 && wanted * rows - before.Below * bins <= below * bins - wanted * rows
                    ? before : gap;
                if (nearest.Below != found.Below) yield return found = nearest;
                wanted++;
            }

            (before, last) = (gap, run);
            below += run.Count;
        }

        // Beyond the last gap there is no other to choose.
        if (wanted < bins && before.Below > 0 && before.Below != found.Below) yield return before;
    }

    /// <param name="Lower">The greatest key below the gap.</param>
    /// <param name="Upper">The least key above it.</param>
    /// <param name="Below">The rows below it.</param>
    /// <param name="IsLast">True where one value alone is above it.</param>
    private readonly record struct Gap(ulong Lower, ulong Upper, long Below, bool IsLast);
}
