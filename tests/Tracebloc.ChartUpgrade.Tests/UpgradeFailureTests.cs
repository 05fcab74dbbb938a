using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>Failures: their messages, and the state they leave.</summary>
public sealed class UpgradeFailureTests
{
    [Fact]
    public async Task A_release_that_helm_does_not_find_is_not_installed()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Fails("history", "release: not found");

        Assert.Equal(ExitCodes.Usage, await fixture.RunAsync());

        Assert.Equal(
            "acme  not installed  there is no such release; check --release and --namespace\n", fixture.Output);
    }

    [Theory]
    [InlineData("query: failed to query with labels: secrets is forbidden")]
    [InlineData("secrets \"release: not found\" is forbidden")]
    public async Task A_release_that_cannot_be_read_is_not_taken_for_absent(string error)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Fails("history", error);

        Assert.Equal(ExitCodes.Kubernetes, await fixture.RunAsync());

        Assert.Equal($"acme  unreachable  {error}\n", fixture.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[{\"revision\": \"one\"}]")]
    public async Task A_history_that_is_none_is_not_taken_for_absence(string history)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history");
        fixture.Helm.Says("history", history);

        Assert.Equal(ExitCodes.Kubernetes, await fixture.RunAsync());
    }

    [Fact]
    public async Task A_repository_that_cannot_be_fetched_is_told_with_the_reason()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Does("repo", """
            printf 'Hang tight\n...Unable to get an update from the "charts" chart repository (https://x/):\n'
            printf '\tfailed to fetch https://x/index.yaml : 401 Unauthorized\n'
            echo 'Error: failed to update the following repositories: [https://x/]' >&2
            exit 1
            """);

        Assert.Equal(ExitCodes.Registry, await fixture.RunAsync());

        Assert.Equal(
            "acme  unfetched  https://charts.example.com/ cannot be fetched: "
                + "failed to fetch https://x/index.yaml : 401 Unauthorized\n",
            fixture.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("echo 'Hang tight while we grab the latest'")]
    public async Task A_repository_that_helm_says_nothing_of_is_told_with_its_error(string output)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Does("repo", $"{output}\necho 'Error: no repositories found' >&2\nexit 1");

        Assert.Equal(ExitCodes.Registry, await fixture.RunAsync());

        Assert.Equal(
            "acme  unfetched  https://charts.example.com/ cannot be fetched: no repositories found\n", fixture.Output);
    }

    [Theory]
    [InlineData("usage: helm search")]
    [InlineData("{\"name\": 1}")]
    public async Task A_search_that_answers_with_no_JSON_is_told_as_that(string output)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Does("repo", "").Says("search", output);

        Assert.Equal(ExitCodes.Registry, await fixture.RunAsync());

        Assert.Equal("acme  unfetched  helm search printed invalid JSON\n", fixture.Output);
    }

    [Fact]
    public async Task Values_that_are_no_JSON_cannot_be_hidden_and_so_nothing_is_changed()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("get");
        fixture.Helm.Says("get", "clientPassword: hunter2");

        Assert.Equal(ExitCodes.Kubernetes, await fixture.RunAsync());

        Assert.Equal("acme  unreachable  the release's values cannot be read\n", fixture.Output);
        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("upgrade", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chart_that_cannot_be_fetched_changes_nothing()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("pull");
        fixture.Helm.Fails("pull", "404 Not Found");

        Assert.Equal(ExitCodes.Registry, await fixture.RunAsync());

        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("upgrade", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("client-chart-1.1.0.tgz")]
    [InlineData("client_helm_1.1.0.tgz")]
    [InlineData("client-v1.1.0.tgz")]
    public async Task A_chart_s_file_may_have_any_name(string name)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("pull");
        fixture.Helm.Does("pull", $"echo chart > \"$6/{name}\"");

        Assert.Equal(ExitCodes.Done, await fixture.RunAsync());

        Assert.StartsWith($"upgrade acme {name} ", fixture.Helm.Calls[^1]);
    }

    [Theory]
    [InlineData("a.tgz", "b.tgz")]
    [InlineData("client-0.9.0.tgz")]
    public async Task Two_files_or_an_old_chart_in_place_of_the_new_one_change_nothing(params string[] files)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("pull");
        fixture.Helm.Does("pull", string.Concat(files.Select(file => $"echo chart > \"$6/{file}\"\n")));

        Assert.Equal(ExitCodes.Registry, await fixture.RunAsync());

        Assert.Contains("has no client-1.1.0.tgz", fixture.Output);
        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("upgrade", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_cannot_be_compared_is_reported_while_it_may_be_the_newest()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("repo");
        fixture.Helm.Offers("1.0.0", "latest");

        Assert.Equal(ExitCodes.Registry, await fixture.RunAsync());

        Assert.Equal(
            "acme  unfetched  the repository offers client \"latest\", which is not a version that can be compared\n",
            fixture.Output);
    }

    [Fact]
    public async Task An_upgrade_that_failed_and_was_rolled_back_counts_as_an_attempt()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history", "upgrade");
        fixture.Helm.Fails("upgrade", "UPGRADE FAILED: timed out")
            .Remembers(Some.Now, "deployed:client-1.0.0")
            .Remembers(Some.Now, "superseded:client-1.0.0", "failed:client-1.1.0", "deployed:client-1.0.0");

        Assert.Equal(ExitCodes.Rollout, await fixture.RunAsync());

        Assert.Equal(
            "acme  rolled back  client 1.0.0 -> 1.1.0 failed, attempt 1 of 3, and was rolled back: "
                + "UPGRADE FAILED: timed out\n",
            fixture.Output);
    }

    [Fact]
    public async Task An_upgrade_that_was_refused_is_told_apart_from_one_that_was_rolled_back()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("upgrade");
        fixture.Helm.Fails("upgrade", "UPGRADE FAILED: values don't meet the schema: got 'hunter2'");

        Assert.Equal(ExitCodes.Rollout, await fixture.RunAsync());

        Assert.EndsWith(
            "was refused before anything changed: UPGRADE FAILED: values don't meet the schema: got '***'\n",
            fixture.Output);
    }

    [Fact]
    public async Task A_release_that_neither_upgrade_nor_rollback_brought_to_an_end_is_told_as_it_is()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history", "upgrade");
        fixture.Helm.Fails("upgrade", "UPGRADE FAILED: an error occurred while rolling back the release")
            .Remembers(Some.Now, "deployed:client-1.0.0")
            .Remembers(Some.Now, "deployed:client-1.0.0", "failed:client-1.1.0", "failed:client-1.0.0");

        Assert.Equal(ExitCodes.Rollout, await fixture.RunAsync());

        Assert.Contains(
            "acme  broken  client 1.0.0 -> 1.1.0 failed, attempt 1 of 3, and left it failed", fixture.Output);
    }

    [Fact]
    public async Task A_cluster_that_goes_away_during_the_upgrade_is_said_so()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history", "upgrade");
        fixture.Helm.Fails("upgrade", "UPGRADE FAILED: connection refused")
            .Remembers(Some.Now, "deployed:client-1.0.0")
            .Fails("history", "connection refused");

        Assert.Equal(ExitCodes.Kubernetes, await fixture.RunAsync());

        Assert.EndsWith("UPGRADE FAILED: connection refused; afterwards: connection refused\n", fixture.Output);
    }

    [Fact]
    public async Task A_rollback_that_fails_is_not_followed_by_an_upgrade()
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history", "rollback");
        fixture.Helm.Fails("rollback", "no permission")
            .Remembers(Some.Now - TimeSpan.FromHours(1), "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");

        Assert.Equal(ExitCodes.Rollout, await fixture.RunAsync());

        Assert.Equal("acme  broken  the rollback to revision 1 failed: no permission\n", fixture.Output);
        Assert.DoesNotContain(fixture.Helm.Calls, call => call.StartsWith("upgrade", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "got '***'")]
    [InlineData(false, "helm history shows why")]
    public async Task What_a_rollback_fails_with_is_quoted_without_secrets_or_not_at_all(bool canHide, string quoted)
    {
        using var fixture = new UpgradeFixture().WithoutTrouble("history", "rollback", "get");
        _ = canHide
            ? fixture.Helm.Says("get", "{\"clientPassword\": \"hunter2\"}")
            : fixture.Helm.Fails("get", "connection refused");
        fixture.Helm.Fails("rollback", "got 'hunter2'")
            .Remembers(Some.Now - TimeSpan.FromHours(1), "deployed:client-1.0.0", "pending-upgrade:client-1.1.0");

        Assert.Equal(ExitCodes.Rollout, await fixture.RunAsync());

        Assert.Equal($"acme  broken  the rollback to revision 1 failed: {quoted}\n", fixture.Output);
    }
}
