using Tracebloc.Benchmarks;
using Tracebloc.Benchmarks.Push;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>
/// The benchmark of pushes works: at a size whose ratios say nothing. Its pushes are whole ones, by the published
/// command line to the published jobs-manager and ingestor.
/// </summary>
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
            RealParts.Node, RealParts.PublishedJobsManager, RealParts.PublishedIngestor, RealParts.Yardsticks,
            RealParts.Databases);
        var benchmark = new PushBenchmark(
            PushParts.FromEnvironment(),
            new Rounds(Measured: 1, WarmUps: 0),
            PushSize.Small,
            TestContext.Current.SendDiagnosticMessage);
        var scenario = PushScenario.All.Single(one => one.Name == name);

        var result = Assert.Single(await benchmark.RunAsync([scenario], Cancelled));

        Assert.Equal(scenario.Bars.Select(bar => bar.Name), result.Bars.Select(bar => bar.Name));
        Assert.All(result.Bars, bar => Assert.True(double.IsFinite(bar.Found) && bar.Found > 0));
    }
}
