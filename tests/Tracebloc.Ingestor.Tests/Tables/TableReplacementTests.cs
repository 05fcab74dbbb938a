using Tracebloc.Database;
using Tracebloc.Database.Tests;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Tables;

/// <summary>The statements of a swap by what an earlier attempt has left; real servers show that they swap.</summary>
public sealed class TableReplacementTests
{
    private static readonly RunRecord Run = SomeRun.Record with { Replaces = true };

    private static readonly string Shadow = ReplacementNames.Shadow("houses", "own");

    private static readonly string Former = ReplacementNames.Former("houses", "own");

    private readonly HashSet<string> _tables = ["houses", Shadow];

    private bool _isOwner = true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_names_are_none_of_a_data_set_and_as_long_as_a_name_can_be()
    {
        string[] names =
        [
            Shadow, Former, ReplacementNames.Shadow("houses", "own2"), ReplacementNames.Shadow("houses2", "own"),
            ReplacementNames.Shadow(new string('a', 64), new string('k', 64)),
        ];

        Assert.Equal(5, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal(SqlName.Longest, name.Length));
        Assert.All(names, name => Assert.Contains("is reserved", TableName.Fault(name)));
        Assert.Equal((Shadow, "houses"), (Run.LoadedTable, (Run with { Replaces = false }).LoadedTable));
    }

    [Fact]
    public async Task Both_tables_are_renamed_by_one_statement() => Assert.Equal(
        $"RENAME TABLE `houses` TO `{Former}`, `{Shadow}` TO `houses`", Assert.Single(await SwapAsync()));

    [Fact]
    public async Task A_table_that_is_gone_is_not_waited_for()
    {
        _tables.Remove("houses");

        Assert.Equal($"RENAME TABLE `{Shadow}` TO `houses`", Assert.Single(await SwapAsync()));
    }

    [Fact]
    public async Task What_an_earlier_attempt_has_swapped_is_not_swapped_back()
    {
        _tables.Remove(Shadow);
        _tables.Add(Former);

        Assert.Empty(await SwapAsync());
    }

    [Fact]
    public async Task Without_any_table_the_swap_fails_and_names_both()
    {
        _tables.Clear();

        var fault = await Assert.ThrowsAsync<IngestorException>(SwapAsync);

        Assert.StartsWith($"Table houses: neither it nor {Shadow}", fault.Message);
    }

    [Fact]
    public async Task An_attempt_whose_table_was_taken_over_renames_nothing()
    {
        _isOwner = false;

        await Assert.ThrowsAsync<FenceException>(SwapAsync);
    }

    private async Task<IReadOnlyList<string>> SwapAsync()
    {
        await using var server = FakeMySqlServer.Start(Answer);
        var database = await DatabaseScene.WaitAsync(server, Token);
        await using var session = await database.OpenAsync(SessionUse.Control, Token);
        var ownership = await TableOwnership.TakeAsync(
            session, "houses", "own", new DatabaseRetry(TimeProvider.System, () => 0.5), Token);
        await new TableReplacement(session, ownership, Run).SwapAsync(Token);
        Assert.Empty(server.Unknown);
        return [.. server.Statements.Where(text => text.StartsWith("RENAME", StringComparison.Ordinal))];
    }

    private FakeSqlReply? Answer(string text) =>
        text.StartsWith("RENAME", StringComparison.Ordinal) ? new FakeSqlReply.Ok()
        : text.StartsWith("UPDATE", StringComparison.Ordinal) ? new FakeSqlReply.Ok(1)
        : text.StartsWith("SELECT owner = ", StringComparison.Ordinal) ? FakeSqlReply.Row(_isOwner ? "1" : "0")
        : text.StartsWith("SELECT salt", StringComparison.Ordinal) ? FakeSqlReply.Row([null])
        : text.StartsWith("SELECT IFNULL(engine", StringComparison.Ordinal)
            ? _tables.Any(name => text.Contains($"'{name}'", StringComparison.Ordinal))
                ? FakeSqlReply.Row("InnoDB") : FakeSqlReply.Nothing()
        : text.StartsWith("SELECT column_name", StringComparison.Ordinal)
            || text.StartsWith("SELECT index_name", StringComparison.Ordinal) ? FakeSqlReply.Nothing()
        : null;
}
