using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class IngestorPolicyTests
{
    private static readonly Release Edge = ReleaseReader.Read(Manifests.Deployment("edge").Seen());

    [Theory]
    [InlineData("cats", "{service_account: ingestor, namespace: tracebloc, table_prefixes: ['*']}", "ingestor")]
    [InlineData("cats", "{service_account: loader, table_prefixes: [ca]}", "loader")]
    [InlineData("cats", "{service_account: '*', namespace: '*', table_prefixes: ['*']}", "ingestor")]
    [InlineData("cats",
        "{service_account: a, table_prefixes: [dogs]}, {service_account: b, table_prefixes: [cats]}", "b")]
    [InlineData("cats",
        "{service_account: a, table_prefixes: ['*']}, {service_account: ingestor, table_prefixes: ['*']}", "ingestor")]
    [InlineData("cats",
        "{service_account: far, namespace: other, table_prefixes: ['*']}, "
        + "{service_account: near, table_prefixes: ['*']}", "near")]
    public void The_account_is_one_that_may_write_the_table(string table, string entries, string account) =>
        Assert.Equal(account, Policy(entries).AccountFor(table));

    [Fact]
    public void A_table_that_no_entry_covers_is_refused_before_anything_is_sent()
    {
        var policy = Policy("{service_account: ingestor, table_prefixes: [team_, lab_]}");

        var fault = Assert.Throws<CliException>(() => policy.AccountFor("cats"));

        Assert.Equal(CliExit.NotPermitted, fault.ExitCode);
        Assert.Equal(
            "Policy of release edge in namespace tracebloc denies the submission: it permits no table of this name: "
            + "ingestor may write team_*, lab_*; change ingestionAuthz.allowed in the values of the client chart",
            fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{service_account: far, namespace: other, table_prefixes: ['*']}")]
    public void A_policy_without_an_account_of_the_namespace_denies_everything(string entries)
    {
        var fault = Assert.Throws<CliException>(() => Policy(entries).Account());

        Assert.Equal(CliExit.NotPermitted, fault.ExitCode);
        Assert.Contains("it permits no account of the namespace", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("allowed: [")]
    public void A_policy_that_cannot_be_read_is_left_to_jobs_manager(string? text) =>
        Assert.Equal("ingestor", IngestorPolicy.Of(Edge, text).AccountFor("cats"));

    private static IngestorPolicy Policy(string entries) => IngestorPolicy.Of(Edge, $"allowed: [{entries}]");
}
