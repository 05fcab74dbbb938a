using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>Removes the table of a data set and its journal, for the table's owner. Each can be repeated.</summary>
internal sealed class TableRemoval(DatabaseSession session, TableOwnership ownership)
{
    private static readonly TimeSpan DropLimit = TimeSpan.FromHours(1);

    /// <exception cref="FenceException">Another program has taken the table over.</exception>
    public async Task DropAsync(CancellationToken token)
    {
        await ownership.Fence.CheckAsync(session, token);
        await session.ExecuteAsync(
            new SqlStatement($"DROP TABLE IF EXISTS {SqlName.Quote(ownership.Table)}") { Limit = DropLimit }, token);
    }

    /// <summary>Drops what a run that replaces the data set has made, and has not finished.</summary>
    /// <exception cref="FenceException">Another program has taken the table over.</exception>
    public async Task DropReplacementAsync(RunRecord run, CancellationToken token)
    {
        var replacement = new TableReplacement(session, ownership, run);
        await replacement.DropShadowAsync(token);
        await replacement.DropFormerAsync(token);
    }

    /// <summary>Ends the ownership too: its row is one of the journal.</summary>
    /// <exception cref="FenceException">Another program has taken the table over.</exception>
    public Task ForgetAsync(CancellationToken token) => ownership.ChangeAsync(
        session,
        async current =>
        {
            foreach (var table in (string[])[JournalSchema.Runs, JournalSchema.Tables])
                await session.ExecuteAsync(
                    new SqlStatement($"DELETE FROM {table} WHERE table_name = ?", ownership.Table), current);
        },
        token);
}
