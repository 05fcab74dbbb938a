using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class SchemaMatchTests
{
    private const string Other = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private static readonly Release Edge = ReleaseReader.Read(Manifests.Deployment("edge").Seen());

    [Theory]
    [InlineData("1.0.0", true, "2.0.0", nameof(SchemaVerdict.Same))]
    [InlineData("3.0.0", true, "2.0.0", nameof(SchemaVerdict.Same))]
    [InlineData("2.0.1", false, "2.0.0", nameof(SchemaVerdict.ServerIsNewer))]
    [InlineData("10.0.0", false, "9.0.0", nameof(SchemaVerdict.ServerIsNewer))]
    [InlineData("2.0.0", false, "2.0.0", nameof(SchemaVerdict.ServerIsOlder))]
    [InlineData("2.0.0-rc.1", false, "2.0.0", nameof(SchemaVerdict.ServerIsOlder))]
    [InlineData("1.9.9", false, "2.0.0", nameof(SchemaVerdict.ServerIsOlder))]
    [InlineData("unknown", false, "2.0.0", nameof(SchemaVerdict.ServerIsOlder))]
    public void Another_schema_is_trusted_of_a_newer_server_alone(
        string server, bool isSame, string own, string verdict) =>
        Assert.Equal(verdict, Match(server, isSame ? SchemaMatch.OwnDigest : Other, own).Verdict.ToString());

    [Fact]
    public void An_older_server_is_met_with_both_versions()
    {
        var fault = Assert.Throws<CliException>(() => Match("0.9.0", Other, ProgramVersion.Text).Require(Edge));

        Assert.Equal(CliExit.Submission, fault.ExitCode);
        Assert.Equal(
            "Schema ingest.v1 of jobs-manager 0.9.0 (sha256:222222222222) is not that of tracebloc "
            + $"{ProgramVersion.Text} "
            + $"({SchemaMatch.OwnDigest[..19]}); upgrade the client chart of release edge in namespace "
            + "tracebloc, or use "
            + "tracebloc 0.9.0",
            fault.Message);
    }

    [Fact]
    public void A_server_without_a_version_is_older_than_any()
    {
        var fault = Assert.Throws<CliException>(() => SchemaMatch.Of(null, "2.0.0").Require(Edge));

        Assert.Equal(
            "jobs-manager of release edge in namespace tracebloc (chart 2.1.0) is older than tracebloc "
            + $"{ProgramVersion.Text}: it names no schema; upgrade the client chart",
            fault.Message);
    }

    [Fact]
    public void A_newer_server_is_no_fault() => Match("99.0.0", Other, "2.0.0").Require(Edge);

    private static SchemaMatch Match(string server, string digest, string own) => SchemaMatch.Of(
        new ServerVersion { Version = server, Schemas = [new ServerSchema(SchemaMatch.Name, digest)] }, own);
}
