using System.Text.Json.Nodes;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>The calls of helm in an upgrade, and the report.</summary>
public sealed class UpgradeRunTests
{
    private const string Place = "--namespace tracebloc";

    [Fact]
    public async Task A_newer_version_is_fetched_and_upgraded_to_with_the_operator_s_values()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble();

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.Equal("acme  upgraded  client 1.0.0 -> 1.1.0\n", fixture.Output);
        Assert.Equal(
            [
                "version --short",
                $"history acme --output json {Place}",
                "repo update charts",
                "search repo charts/client --versions --devel --output json",
                "pull charts/client --version 1.1.0 --destination charts",
                $"get values acme --output json {Place}",
                "upgrade acme client-1.1.0.tgz --reset-then-reuse-values --rollback-on-failure --wait=legacy "
                    + $"--server-side=false --cleanup-on-fail --timeout 10m {Place}",
            ],
            fixture.Helm.Calls);
    }

    [Fact]
    public async Task Helm_3_is_told_the_same_in_its_own_words()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("version", "history");
        fixture.Helm.Says("version", "v3.17.3+ge4da497")
            .Remembers(Some.Now - TimeSpan.FromHours(1), "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.Contains("repo update charts --fail-on-repo-update-fail", fixture.Helm.Calls);
        Assert.Contains($"rollback acme 1 --wait --cleanup-on-fail --timeout 10m {Place}", fixture.Helm.Calls);
        Assert.Contains(
            "upgrade acme client-1.1.0.tgz --reset-then-reuse-values --atomic --wait --cleanup-on-fail "
                + $"--timeout 10m {Place}",
            fixture.Helm.Calls);
    }

    [Fact]
    public async Task A_cluster_that_is_named_is_the_one_that_helm_is_told()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble();
        fixture.Options = fixture.Options with { Cluster = new ClusterOptions("edge.yaml", "edge-7") };

        await fixture.RunAsync();

        Assert.Equal(3, fixture.Helm.Calls.Count(call =>
            call.EndsWith("--namespace tracebloc --kubeconfig edge.yaml --kube-context edge-7")));
    }

    [Fact]
    public async Task An_abandoned_upgrade_is_rolled_back_first()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Remembers(
            Some.Now - TimeSpan.FromHours(1), "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.Equal(
            "acme  upgraded  pending-upgrade since 2026-03-01T11:00:00Z and abandoned, rolled back to revision 1; "
                + "client 1.0.0 -> 1.1.0\n",
            fixture.Output);
        Assert.Equal(["rollback", "pull"], fixture.Helm.Calls
            .Select(call => call.Split(' ')[0]).Where(verb => verb is "rollback" or "pull"));
    }

    [Fact]
    public async Task A_dry_run_only_looks()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Remembers(
            Some.Now - TimeSpan.FromHours(1), "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");
        fixture.Options = fixture.Options with { DryRun = true };

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.StartsWith("dry run, nothing was changed; a run would report: acme  upgraded  ", fixture.Output);
        Assert.Equal(
            ["version", "history", "repo", "search"], fixture.Helm.Calls.Select(call => call.Split(' ')[0]));
    }

    [Fact]
    public async Task The_report_for_programs_names_versions_and_revisions()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Remembers(
            Some.Now - TimeSpan.FromHours(1), "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");
        fixture.Options = fixture.Options with { Output = OutputFormat.Json };

        await fixture.RunAsync();

        var report = JsonNode.Parse(fixture.Output)!;
        Assert.Equal("ChartUpgradeReport", (string?)report["kind"]);
        Assert.Equal("upgraded", (string?)report["outcome"]);
        Assert.Equal(("1.0.0", "1.1.0"), ((string?)report["deployed"], (string?)report["newest"]));
        Assert.Equal((1, 0), ((int?)report["recoveredRevision"], (int?)report["exitCode"]));
        Assert.Equal(("acme", "tracebloc"), ((string?)report["release"], (string?)report["namespace"]));
    }

    [Fact]
    public async Task What_nothing_is_to_be_done_for_is_not_fetched()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Offers("1.0.0", "0.9.0");

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.Equal("acme  unchanged  client 1.0.0 is the newest\n", fixture.Output);
        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("pull", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_charts_that_the_search_finds_are_no_versions_of_this_one()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Does("repo", "").Says("search", """
            [{"name": "charts/client-extra", "version": "9.0.0"}, {"name": "charts/client-old", "version": "none"},
             {"name": "charts/client", "version": "1.0.0"}]
            """);

        await fixture.RunAsync();

        Assert.Equal("acme  unchanged  client 1.0.0 is the newest\n", fixture.Output);
    }
}
