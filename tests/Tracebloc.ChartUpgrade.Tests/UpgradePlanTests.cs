using Tracebloc.ChartUpgrade.Charts;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ChartUpgrade.Planning;
using Tracebloc.ChartUpgrade.Releases;
using Tracebloc.ChartUpgrade.Reporting;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>The table of <see cref="UpgradePlanner"/>; histories are written like those of helm.</summary>
public sealed class UpgradePlanTests
{
    private static readonly UpgradePolicy Policy = new("client", TimeSpan.FromMinutes(11), MaxAttempts: 3);

    // history (oldest first) | versions in the repository | outcome | recovered revision | target
    [Theory]
    [InlineData("deployed 1.0.0", "1.0.0", "unchanged", 0, null)]
    [InlineData("deployed 1.0.0", "0.9.0 1.0.0", "unchanged", 0, null)]
    [InlineData("deployed 1.0.0", "1.0.0+rebuilt", "unchanged", 0, null)]
    [InlineData("deployed 1.0.0", "1.0.0 1.0.1", "upgraded", 0, "1.0.1")]
    [InlineData("deployed 1.9.0", "1.9.0 1.10.0 1.2.0", "upgraded", 0, "1.10.0")]
    [InlineData("deployed 2.0.0", "1.0.0 1.9.62", "ahead", 0, null)]
    // a prerelease is for those who run one
    [InlineData("deployed 1.0.0", "1.0.0 1.1.0-rc.1", "unchanged", 0, null)]
    [InlineData("deployed 1.0.0", "1.1.0-rc.1", "unfetched", 0, null)]
    [InlineData("deployed 1.1.0-rc.1", "1.0.0 1.1.0-rc.2", "upgraded", 0, "1.1.0-rc.2")]
    [InlineData("deployed 1.1.0-rc.9", "1.1.0-rc.10", "upgraded", 0, "1.1.0-rc.10")]
    [InlineData("deployed 1.1.0-rc.2", "1.1.0-rc.2 1.1.0", "upgraded", 0, "1.1.0")]
    [InlineData("deployed 1.1.0-rc.2", "1.0.0", "ahead", 0, null)]
    // versions as charts have them
    [InlineData("deployed client-v1.0.0", "v1.0.0 v1.1.0", "upgraded", 0, "v1.1.0")]
    [InlineData("deployed 1.0.0", "1.0.0 v1.1.0", "upgraded", 0, "v1.1.0")]
    [InlineData("deployed 1.0", "1.0 1.1", "upgraded", 0, "1.1")]
    [InlineData("deployed client-v1", "1.0.0", "unchanged", 0, null)]
    [InlineData("deployed 1.0.0", "1.0.0 latest", "unfetched", 0, null)]
    [InlineData("deployed 1.1.0", "1.0.0 latest", "unfetched", 0, null)]
    [InlineData("deployed 1.0.0", "latest", "unfetched", 0, null)]
    [InlineData("deployed 1.0.0", "1.1.0 latest", "upgraded", 0, "1.1.0")]
    [InlineData("superseded client-v1.0.0, failed client-v1.1.0, failed client-v1.1.0, failed client-v1.1.0, "
        + "deployed client-v1.0.0", "v1.1.0", "gave up", 0, null)]
    // whose helm is it?
    [InlineData("deployed 1.0.0, pending-upgrade 1.1.0 @10", "1.1.0", "waiting", 0, null)]
    [InlineData("deployed 1.0.0, pending-rollback 1.0.0 @10", "1.1.0", "waiting", 0, null)]
    [InlineData("pending-install 1.0.0 @10", "1.1.0", "waiting", 0, null)]
    [InlineData("uninstalling 1.0.0 @10", "1.1.0", "waiting", 0, null)]
    // nobody's any more
    [InlineData("deployed 1.0.0, pending-upgrade 1.1.0 @12", "1.1.0", "upgraded", 1, "1.1.0")]
    [InlineData("deployed 1.0.0, pending-upgrade 1.0.0 @12", "1.0.0", "recovered", 1, null)]
    [InlineData("deployed 1.0.0, pending-upgrade 1.1.0 @12", "0.9.0", "recovered", 1, null)]
    [InlineData("deployed 1.0.0, pending-upgrade 1.1.0 @12", "", "unfetched", 1, null)]
    [InlineData("superseded 0.9.0, deployed 1.0.0, failed 1.1.0, pending-rollback 1.0.0 @12", "1.1.0",
        "upgraded", 2, "1.1.0")]
    [InlineData("superseded 0.9.0, superseded 1.0.0, pending-upgrade 1.1.0 @12", "1.1.0", "upgraded", 2, "1.1.0")]
    [InlineData("pending-install 1.0.0 @12", "1.1.0", "stuck", 0, null)]
    [InlineData("failed 1.0.0", "1.1.0", "stuck", 0, null)]
    [InlineData("deployed 1.0.0, uninstalling 1.0.0 @12", "1.1.0", "stuck", 0, null)]
    [InlineData("deployed 1.0.0, unknown 1.0.0", "1.1.0", "stuck", 0, null)]
    // what failed
    [InlineData("deployed 1.0.0, failed 1.0.0", "1.1.0", "upgraded", 0, "1.1.0")]
    [InlineData("deployed 1.0.0, failed 1.0.0", "1.0.0", "stuck", 0, null)]
    [InlineData("deployed 1.0.0, failed 1.1.0", "0.9.0", "stuck", 0, null)]
    [InlineData("superseded 1.0.0, failed 1.1.0, superseded 1.0.0, failed 1.1.0, deployed 1.0.0", "1.1.0",
        "upgraded", 0, "1.1.0")]
    [InlineData("superseded 1.0.0, failed 1.1.0, pending-upgrade 1.1.0, failed 1.1.0, deployed 1.0.0", "1.1.0",
        "gave up", 0, null)]
    [InlineData("deployed 1.0.0, failed 1.1.0, failed 1.1.0, pending-upgrade 1.1.0 @12", "1.1.0",
        "gave up", 1, null)]
    [InlineData("superseded 1.0.0, failed 1.1.0, failed 1.1.0, failed 1.1.0, deployed 1.0.0", "1.1.0 1.1.1",
        "upgraded", 0, "1.1.1")]
    // nothing to upgrade
    [InlineData("", "1.1.0", "not installed", 0, null)]
    [InlineData("superseded 1.0.0, uninstalled 1.1.0", "1.1.0", "not installed", 0, null)]
    [InlineData("deployed extra-1.0.0", "1.1.0", "misconfigured", 0, null)]
    [InlineData("deployed client-extra-1.0.0", "1.1.0", "misconfigured", 0, null)]
    [InlineData("deployed client-2-1.0.0", "3.0.0", "misconfigured", 0, null)] // client-2 in version 1.0.0
    public void The_plan_follows_from_history_and_versions(
        string history, string versions, string outcome, int recovered, string? target)
    {
        var plan = UpgradePlanner.Plan(Seen(history, versions), Policy);

        Assert.Equal(outcome, UpgradeReport.Name(plan.Outcome));
        Assert.Equal(recovered, plan.Recovery?.Revision ?? 0);
        Assert.Equal(target, plan.Target?.ToString());
    }

    [Fact]
    public void A_repository_that_cannot_be_asked_does_not_keep_a_release_from_being_recovered()
    {
        var seen = Seen("deployed 1.0.0, pending-upgrade 1.1.0 @12", "") with { Repository = new([], "it is away") };

        var plan = UpgradePlanner.Plan(seen, Policy);

        Assert.Equal((UpgradeOutcome.Unfetched, "it is away"), (plan.Outcome, plan.Message));
        Assert.Equal(1, plan.Recovery?.Revision);
        Assert.Equal(
            "pending-upgrade since 2026-03-01T11:48:00Z and abandoned, rolled back to revision 1; ", plan.Preface);
    }

    [Fact]
    public void An_upgrade_whose_rollback_failed_as_well_counts_although_helm_calls_it_superseded()
    {
        var seen = Seen("deployed 1.0.0, superseded 1.1.0, failed 1.0.0", "1.1.0");
        var failed = seen.History!.Revisions[1] with { Description = "Upgrade \"acme\" failed: timed out" };
        var history = new ReleaseHistory([seen.History.Revisions[0], failed, seen.History.Revisions[2]]);

        Assert.Equal(1, UpgradePlanner.Plan(seen, Policy).Attempt);
        Assert.Equal(2, UpgradePlanner.Plan(seen with { History = history }, Policy).Attempt);
    }

    [Fact]
    public void What_is_deployed_and_what_is_offered_are_in_every_plan_that_compared_them()
    {
        foreach (var history in (string[])["deployed 1.0.0", "deployed 1.0.0, failed 1.0.0", "deployed 1.2.0"])
        {
            var plan = UpgradePlanner.Plan(Seen(history, "1.0.0"), Policy);

            Assert.NotNull(plan.Deployed);
            Assert.Equal("1.0.0", plan.Newest?.ToString());
        }
    }

    private static UpgradeObservation Seen(string history, string versions)
    {
        var revisions = Words(history, ", ").Select((line, index) => RevisionOf(line.Split(' '), index + 1)).ToList();
        return new UpgradeObservation(
            revisions.Count == 0 ? null : new ReleaseHistory(revisions),
            RepositoryOffer.Of(Words(versions, " ")),
            Some.Now);
    }

    // "pending-upgrade 1.1.0 @12": twelve minutes ago.
    private static ReleaseRevision RevisionOf(string[] words, int revision) => new()
    {
        Revision = revision,
        Status = words[0],
        Chart = char.IsDigit(words[1][0]) ? $"client-{words[1]}" : words[1],
        Updated = Some.Now - TimeSpan.FromMinutes(words.Length > 2 ? int.Parse(words[2][1..]) : 60),
    };

    private static string[] Words(string text, string separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries);
}
