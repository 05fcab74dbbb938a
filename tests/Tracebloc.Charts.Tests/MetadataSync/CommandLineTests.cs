using Tracebloc.Charts.Tests.Harness;
using Tracebloc.MetadataSync;
using Tracebloc.MetadataSync.Verbs;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The arguments of the containers, read by the program that gets them.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Examples => [.. SyncChart.Chart.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_program_knows_each_argument_of_every_example(string example)
    {
        var chart = await SyncChart.Chart.RenderExampleAsync(example);

        var run = Assert.IsType<RunOptions>(Read(SyncChart.ProgramIn(chart)));
        var hasApi = SyncChart.ProgramIn(chart).Arguments.Contains("--listen-api=[::]:8443");
        Assert.Equal(
            ("/etc/metadata-sync/config.yaml", "acme", (int?)8080, hasApi ? 8443 : (int?)null),
            (run.Target.Config, run.LeaseName, run.Listen?.Port, run.Api.Listen?.Port));
        Assert.Equal(hasApi, run.Api is { Certificate: not null, Key: not null });
        Assert.False(run.Api.AllowsLoopback);
        foreach (var job in chart.Workloads.Where(workload => workload.Manifest.Name == "acme-migrate"))
            Assert.False(Assert.IsType<MigrateOptions>(Read(Assert.Single(job.AllContainers))).PlansOnly);
    }

    private static object? Read(Container container) => App.CommandLine().Read(container.Arguments);
}
