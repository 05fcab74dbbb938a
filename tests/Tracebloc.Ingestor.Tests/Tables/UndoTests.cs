using Tracebloc.Database;
using Tracebloc.Database.Tests;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Tables;

/// <summary>An undo that is cut short; that it removes the rows is shown on real servers.</summary>
public sealed class UndoTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_journal_no_longer_calls_a_run_loaded_when_its_first_row_goes()
    {
        await using var server = FakeMySqlServer.Start(Answer);
        var database = await DatabaseScene.WaitAsync(server, Token);
        await using var session = await database.OpenAsync(SessionUse.Control, Token);
        var ownership = await TableOwnership.TakeAsync(
            session, "houses", "run-1", new DatabaseRetry(TimeProvider.System, () => 0.5), Token);
        var run = SomeRun.Record with { Key = "run-1", Phase = RunPhase.Placed };

        await Assert.ThrowsAsync<DatabaseException>(
            () => new DatasetTable(session, ownership).UndoAsync(run, isDropped: false, Token));

        Assert.Empty(server.Unknown);
        var statements = server.Statements.ToList();
        var written = statements.FindIndex(text => text.Contains("SET phase = 'loading'", StringComparison.Ordinal));
        var deleted = statements.FindIndex(text => text.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.InRange(written, 0, deleted);
        Assert.Contains("COMMIT", statements[written..deleted]);
    }

    private static FakeSqlReply? Answer(string text) =>
        text.StartsWith("DELETE", StringComparison.Ordinal) ? new FakeSqlReply.Cut()
        : text.StartsWith("UPDATE", StringComparison.Ordinal) ? new FakeSqlReply.Ok(1)
        : text.StartsWith("SELECT owner = ", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("SELECT salt", StringComparison.Ordinal) ? FakeSqlReply.Row([null])
        : text.StartsWith("SELECT IFNULL(engine", StringComparison.Ordinal) ? FakeSqlReply.Row("InnoDB")
        : text.StartsWith("SELECT column_name", StringComparison.Ordinal) ? FakeSqlReply.Nothing()
        : text.StartsWith("SELECT index_name", StringComparison.Ordinal) ? FakeSqlReply.Row("uq_data_id")
        : null;
}
