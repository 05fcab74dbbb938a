using Tracebloc.Benchmarks;

namespace Tracebloc.Integration.Tests;

/// <summary>A benchmark at a size whose ratios say nothing: it shows that the benchmark works.</summary>
internal static class SmallBenchmark
{
    public static Rounds Once { get; } = new(Measured: 1, WarmUps: 0);

    /// <summary>Asserts that the only scenario that ran has a value for each of its bars.</summary>
    public static void AssertFound<T>(IReadOnlyList<Bar<T>> bars, IReadOnlyList<Result> results)
    {
        var result = Assert.Single(results);
        Assert.Equal(bars.Select(bar => bar.Name), result.Bars.Select(bar => bar.Name));
        Assert.All(result.Bars, bar => Assert.True(double.IsFinite(bar.Found) && bar.Found > 0));
    }
}
