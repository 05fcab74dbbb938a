using Tracebloc.Benchmarks.Push;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>
/// The benchmark of pushes works: at a size whose ratios say nothing. Its pushes are whole ones, by the published
/// command line to the published jobs-manager and ingestor.
/// </summary>
[Collection(RealDatabases.Collection)]
[Trait("Needs", "Node")]
public sealed class PushBenchmarkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => [.. PushScenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_small_benchmark_finds_a_value_for_every_bar(string name)
    {
        RealParts.SkipWithout(
            RealParts.Node, RealParts.PublishedCommandLine, RealParts.PublishedJobsManager,
            RealParts.PublishedIngestor, RealParts.NodeFiles, RealParts.Yardsticks, RealParts.Databases);
        var benchmark = new PushBenchmark(
            PushParts.FromEnvironment(),
            SmallBenchmark.Once,
            PushSize.Small,
            TestContext.Current.SendDiagnosticMessage);
        var scenario = PushScenario.All.Single(one => one.Name == name);

        var results = await benchmark.RunAsync([scenario], Cancelled);

        SmallBenchmark.AssertFound(scenario.Bars, results);
    }
}
