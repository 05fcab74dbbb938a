using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>Every pod may run where the namespace enforces the restricted profile.</summary>
public sealed class PodSecurityTests
{
    private static readonly Workload Good = new(new Manifest(PodSecurityRule.Good));

    public static TheoryData<string> Rules => [.. PodSecurityRule.Restricted.Select(rule => rule.Name)];

    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_seeded_violation_is_found(string name)
    {
        var rule = Find(name);

        Assert.Empty(rule.Violations([Good]));
        Assert.Single(rule.Violations([rule.Seed]));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_pod_keeps_the_restricted_profile(string values)
    {
        var chart = await Chart.Client.RenderExampleAsync(values);

        Assert.NotEmpty(chart.Workloads);
        Assert.Empty(PodSecurityRule.Restricted.SelectMany(rule => rule.Violations(chart.Workloads)));
    }

    private static PodSecurityRule Find(string name) =>
        PodSecurityRule.Restricted.Single(rule => rule.Name == name);
}
