namespace Tracebloc.Benchmarks;

/// <summary>
/// The programs and the cluster that take part. Only variables that the Benchmark target sets count: an ambient
/// KUBECONFIG may be production.
/// </summary>
internal sealed record Parts(string KubeConfig, string ImageRefresh, string Bare, string Meter)
{
    private const string Remedy = "run `dotnet cake --target=Benchmark`, which needs root on Debian";

    /// <summary>The shell script that does a tick's job; copied beside this program.</summary>
    public static string RefreshByHand => Path.Combine(AppContext.BaseDirectory, "refresh-by-hand.sh");

    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static Parts FromEnvironment() => new(
        File("TRACEBLOC_TEST_KUBECONFIG"),
        File("TRACEBLOC_TEST_IMAGE_REFRESH"),
        File("TRACEBLOC_BENCHMARK_BARE"),
        File("TRACEBLOC_BENCHMARK_METER"));

    private static string File(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } path && System.IO.File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{variable} names no file: {Remedy}.");
}
