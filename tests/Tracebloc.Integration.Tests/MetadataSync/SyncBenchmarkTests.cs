using Tracebloc.Benchmarks.Sync;
using Tracebloc.Integration.Tests.Ingestion;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The benchmark of the mirror works: at a size whose ratios say nothing.</summary>
[Collection(RealDatabases.Collection)]
public sealed class SyncBenchmarkTests
{
    public static TheoryData<string> Scenarios => [.. SyncScenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_small_benchmark_finds_a_value_for_every_bar(string name)
    {
        RealParts.SkipWithout(
            RealParts.PublishedMetadataSync, RealParts.Cluster, RealParts.Etcd, RealParts.Databases);
        var benchmark = new SyncBenchmark(
            SyncParts.FromEnvironment(), SmallBenchmark.Once, SyncSize.Small,
            TestContext.Current.SendDiagnosticMessage);
        var scenario = SyncScenario.All.Single(one => one.Name == name);

        var result = Assert.Single(await benchmark.RunAsync([scenario], TestContext.Current.CancellationToken));

        Assert.Equal(scenario.Bars.Select(bar => bar.Name), result.Bars.Select(bar => bar.Name));
        Assert.All(result.Bars, bar => Assert.True(bar.IsCount ? bar.IsMet : double.IsFinite(bar.Found)));
    }
}
