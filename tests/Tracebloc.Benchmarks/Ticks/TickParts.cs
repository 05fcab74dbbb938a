namespace Tracebloc.Benchmarks.Ticks;

/// <summary>
/// The programs and the cluster that take part. Only variables that the Benchmark target sets count: an ambient
/// KUBECONFIG may be production.
/// </summary>
internal sealed record TickParts(string KubeConfig, string ImageRefresh, string Bare, string Meter)
{
    /// <summary>The shell script that does a tick's job; copied beside this program.</summary>
    public static string RefreshByHand => Path.Combine(AppContext.BaseDirectory, "refresh-by-hand.sh");

    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static TickParts FromEnvironment() => new(
        PartFile.Of("TRACEBLOC_TEST_KUBECONFIG"),
        PartFile.Of("TRACEBLOC_TEST_IMAGE_REFRESH"),
        PartFile.Of("TRACEBLOC_BENCHMARK_BARE"),
        PartFile.Of("TRACEBLOC_BENCHMARK_METER"));
}
