using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Relations;
using Tracebloc.Charts.Tests.Security;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The rules of the client chart for objects and pods, which are proven there.</summary>
public sealed class RuleTests
{
    /// <summary>The client chart makes the service account.</summary>
    private static readonly string[] OfTheClient =
        ["Every pod's service account is made", "A binding joins a role and an account of the chart"];

    public static TheoryData<string> Examples => [.. IngestorChart.Chart.Examples];

    private static IEnumerable<RelationRule> Rules => RelationRule.All.Where(rule => !OfTheClient.Contains(rule.Name));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_objects_of_every_example_fit_together(string example) =>
        Verify(await IngestorChart.Chart.RenderExampleAsync(example));

    [Fact]
    public async Task So_do_those_with_the_longest_name_that_a_release_may_have() => Verify(
        await IngestorChart.Chart.RenderAsync(IngestorChart.Release() with { Name = new string('a', 53) }));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_pod_keeps_the_restricted_profile(string example)
    {
        var chart = await IngestorChart.Chart.RenderExampleAsync(example);

        Assert.NotEmpty(chart.Workloads);
        Assert.Empty(PodSecurityRule.Restricted.SelectMany(rule => rule.Violations(chart.Workloads)));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_container_reads_only_its_file_system_and_says_what_it_takes(string example) => Assert.All(
        (await IngestorChart.Chart.RenderExampleAsync(example)).Containers,
        container =>
        {
            Assert.Equal("true", container.Security("readOnlyRootFilesystem").Text);
            Assert.True(container["resources"].At("requests.cpu").Exists);
            Assert.True(container["resources"].At("requests.memory").Exists);
            Assert.True(container["resources"].At("limits.memory").Exists);
        });

    private static void Verify(Rendering chart)
    {
        Assert.Equal(RelationRule.All.Count - OfTheClient.Length, Rules.Count());
        Assert.Empty(Rules.SelectMany(rule => rule.Violations(chart)));
    }
}
