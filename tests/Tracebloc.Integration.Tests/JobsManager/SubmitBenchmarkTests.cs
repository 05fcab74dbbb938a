using Tracebloc.Benchmarks.Ingest;
using Tracebloc.Benchmarks.Submit;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The benchmark of submissions works: at a size whose ratios say nothing.</summary>
[Collection(RealDatabases.Collection)]
public sealed class SubmitBenchmarkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => [.. SubmitScenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_small_benchmark_finds_a_value_for_every_bar(string name)
    {
        RealParts.SkipWithout(
            RealParts.PublishedJobsManager, RealParts.PublishedIngestor, RealParts.Cluster, RealParts.Yardsticks,
            RealParts.Databases);
        var benchmark = new SubmitBenchmark(
            SubmitParts.FromEnvironment(),
            IngestParts.FromEnvironment(),
            SmallBenchmark.Once,
            SubmitSize.Small,
            TestContext.Current.SendDiagnosticMessage);
        var scenario = SubmitScenario.All.Single(one => one.Name == name);

        var results = await benchmark.RunAsync([scenario], Cancelled);

        SmallBenchmark.AssertFound(scenario.Bars, results);
    }
}
