using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Relations;

public sealed class RelationTests
{
    public static TheoryData<string> Rules => [.. RelationRule.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task In_every_example(string name)
    {
        var (rule, looked) = (Find(name), 0);
        foreach (var example in Chart.Client.Examples)
        {
            var chart = await Chart.Client.RenderExampleAsync(example);
            looked += rule.Relations(chart).Count();
            Assert.True(rule.Violations(chart) is [], $"{example}:\n{string.Join('\n', rule.Violations(chart))}");
        }

        Assert.True(looked > 0, "There was nothing to look at.");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task With_the_longest_name_that_a_release_may_have(string name)
    {
        var chart = await Chart.Client.RenderAsync(new Release { Name = new string('a', 53) });

        Assert.Empty(Find(name).Violations(chart));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_seeded_violation_is_found(string name) =>
        Assert.NotEmpty(Find(name).Violations(new Rendering(Find(name).Seed)));

    private static RelationRule Find(string name) => RelationRule.All.Single(rule => rule.Name == name);
}
