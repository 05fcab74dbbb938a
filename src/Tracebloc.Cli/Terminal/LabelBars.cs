using System.Globalization;
using Tracebloc.Net;

namespace Tracebloc.Cli.Terminal;

/// <summary>Counts as bars, the longest for the greatest.</summary>
internal static class LabelBars
{
    private const int LongestLabel = 24, LeastBar = 10;

    /// <param name="counts">The counts by their labels, in the order of the lines.</param>
    /// <param name="width">The columns of the terminal.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<(string Label, long Count)> counts, int width)
    {
        if (counts.Count == 0) return [];
        var labels = counts.Select(each => Line.Of(each.Label, LongestLabel)).ToList();
        var numbers = counts.Select(each => each.Count.ToString("N0", CultureInfo.InvariantCulture)).ToList();
        var (ofLabel, ofNumber) = (labels.Max(each => each.Length), numbers.Max(each => each.Length));
        var room = Math.Max(width - ofLabel - ofNumber - 6, LeastBar);
        var most = Math.Max(counts.Max(each => each.Count), 1);
        return
        [
            .. counts.Select((each, at) =>
                $"  {labels[at].PadRight(ofLabel)}  {numbers[at].PadLeft(ofNumber)}  {Bar(each.Count, most, room)}"
                    .TrimEnd()),
        ];
    }

    // A count above zero can be seen.
    private static string Bar(long count, long most, int room) =>
        new('█', count <= 0 ? 0 : Math.Max((int)((double)count / most * room), 1));
}
