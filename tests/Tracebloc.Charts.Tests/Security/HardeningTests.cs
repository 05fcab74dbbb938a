using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>The requirements on pods beyond the restricted profile.</summary>
public sealed class HardeningTests
{
    /// <summary>Images that are not built here, whose programs write beside their volumes.</summary>
    private static readonly string[] Writing = ["pods-monitor-container"];

    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_root_file_system_is_read_only(string example) => Assert.All(
        (await Chart.Client.RenderExampleAsync(example))
            .Containers.Where(container => !Writing.Contains(container.Name)),
        container => Assert.Equal("true", container.Security("readOnlyRootFilesystem").Text));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_container_says_what_it_needs_and_what_it_may_take(string example) => Assert.All(
        (await Chart.Client.RenderExampleAsync(example)).Containers,
        container =>
        {
            Assert.True(container["resources"].At("requests.cpu").Exists);
            Assert.True(container["resources"].At("requests.memory").Exists);
            Assert.True(container["resources"].At("limits.memory").Exists);
        });

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Whatever_runs_by_the_clock_ends_by_a_deadline_and_leaves_few_traces(string example)
    {
        var chart = await Chart.Client.RenderExampleAsync(example);

        Assert.All(chart.Workloads.Where(workload => workload.Manifest.Kind == "CronJob"), cronJob =>
        {
            Assert.True(cronJob.Deadline > TimeSpan.Zero);
            Assert.Equal("Forbid", cronJob.Spec["concurrencyPolicy"].Text);
            Assert.All(
                ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"],
                key => Assert.True(cronJob.Spec[key].Exists));
        });
    }
}
