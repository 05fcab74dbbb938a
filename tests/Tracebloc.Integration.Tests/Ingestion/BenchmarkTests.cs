using Tracebloc.Benchmarks.Ingest;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The benchmark of the ingestor works: at a size whose ratios say nothing.</summary>
[Collection(RealDatabases.Collection)]
public sealed class BenchmarkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => [.. IngestScenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_small_benchmark_finds_a_value_for_every_bar(string name)
    {
        RealParts.SkipWithout(RealParts.PublishedIngestor, RealParts.Yardsticks, RealParts.Databases);
        var benchmark = new IngestBenchmark(
            IngestParts.FromEnvironment(),
            SmallBenchmark.Once,
            TestContext.Current.SendDiagnosticMessage);
        var scenario = IngestScenario.All.Single(one => one.Name == name);

        var results = await benchmark.RunAsync([scenario], IngestSize.Small, Cancelled);

        SmallBenchmark.AssertFound(scenario.Bars, results);
    }
}
