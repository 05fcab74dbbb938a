namespace Tracebloc.Benchmarks;

/// <summary>The cost of one run: CPU of all its processes, memory of the largest.</summary>
internal readonly record struct Measurement(double WallMs, double CpuMs, double PeakMiB)
{
    /// <summary>Each quantity's own median.</summary>
    public static Measurement Median(IReadOnlyList<Measurement> runs) => new(
        Median(runs.Select(run => run.WallMs)),
        Median(runs.Select(run => run.CpuMs)),
        Median(runs.Select(run => run.PeakMiB)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
