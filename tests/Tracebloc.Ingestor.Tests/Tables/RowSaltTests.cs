using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Tables;

public sealed class RowSaltTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(each => (byte)each)];

    [Fact]
    public void An_ordinary_run_has_the_salt_of_its_table() =>
        Assert.Equal(Salt, RowSalt.Of(SomeRun.Record, Salt));

    [Fact]
    public void A_run_that_replaces_a_data_set_has_one_of_its_own_in_every_attempt()
    {
        var run = SomeRun.Record with { Replaces = true };
        byte[][] salts = [Salt, RowSalt.Of(run, Salt), RowSalt.Of(run with { Key = "another" }, Salt)];

        Assert.Equal(3, salts.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(salts[1], RowSalt.Of(run with { Phase = RunPhase.Swapping }, Salt));
        Assert.All(salts, salt => Assert.Equal(32, salt.Length));
    }
}
