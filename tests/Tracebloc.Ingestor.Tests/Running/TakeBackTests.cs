using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Tests.Sharding;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>A run that fails is taken back at once, by its last word in the journal.</summary>
public sealed class TakeBackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("new_swapping")]
    [InlineData("registered")]
    [InlineData("replaced")]
    public async Task A_run_that_the_backend_has_registered_stays_although_the_answer_was_lost(string phase)
    {
        await using var pods = new FakePods { Phase = phase };

        await pods.TakeBackAsync(Token);

        Assert.Empty(Changes(pods));
    }

    [Fact]
    public async Task Of_a_run_that_replaces_a_data_set_its_own_table_goes_and_no_row_of_the_other()
    {
        await using var pods = new FakePods { Phase = "new_placed" };

        await pods.TakeBackAsync(Token);

        Assert.Equal(
            [
                "DELETE FROM tracebloc_ingest_v1_parts",
                "UPDATE tracebloc_ingest_v1_runs SET phase = 'new_loading'",
                $"DROP TABLE IF EXISTS `{ReplacementNames.Shadow("houses", "own")}`",
                "UPDATE tracebloc_ingest_v1_runs SET phase = 'failed'",
            ],
            Changes(pods).Select(text => text.Split(" WHERE")[0].Split(',')[0]));
    }

    private static List<string> Changes(FakePods pods)
    {
        Assert.Empty(pods.Server.Unknown);
        return
        [
            .. pods.Server.Statements.Where(text =>
                !text.Contains("SET owner = ", StringComparison.Ordinal)
                && (text.StartsWith("DELETE", StringComparison.Ordinal)
                    || text.StartsWith("DROP", StringComparison.Ordinal)
                    || text.StartsWith("UPDATE", StringComparison.Ordinal))),
        ];
    }
}
