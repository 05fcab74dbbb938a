using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestor.Tables;

/// <summary>
/// The table that a run loads beside the one of its data set, and that takes its place at the end. Each step can be
/// repeated after a kill at any moment.
/// </summary>
/// <remarks>Every step begins with the check that the table is still this owner's: its
/// <see cref="FenceException"/> ends it.</remarks>
internal sealed class TableReplacement(DatabaseSession session, TableOwnership ownership, RunRecord run)
{
    /// <summary>Queries that read the table hold the renaming up, and a drop may be long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly string _shadow = ReplacementNames.Shadow(run.Table, run.Key);
    private readonly string _former = ReplacementNames.Former(run.Table, run.Key);

    /// <summary>Creates the table that the run loads, in place of what an earlier attempt has left.</summary>
    public async Task CreateAsync(TableShape shape, CancellationToken token)
    {
        await DropShadowAsync(token);
        await ChangeAsync(TablePlan.Create(_shadow, shape), token);
    }

    /// <summary>Drops the table that the run has loaded: the one of the data set stays as it is.</summary>
    public Task DropShadowAsync(CancellationToken token) => DropAsync(_shadow, token);

    /// <summary>Gives the loaded table the name of the data set's, which gets another, in one statement.</summary>
    /// <exception cref="IngestorException">Neither of them is there.</exception>
    public async Task SwapAsync(CancellationToken token)
    {
        var there = await ExistsAsync(run.Table, token);
        if (!await ExistsAsync(_shadow, token))
        {
            if (there) return; // An earlier attempt has swapped them.
            throw new IngestorException(
                IngestorExit.Failed,
                $"Table {run.Table}: neither it nor {_shadow}, which takes its place, is there; restore one of them, "
                + "or delete the data set");
        }

        // A server that ends between two renamings may leave the first of them alone.
        var (own, former, shadow) = (SqlName.Quote(run.Table), SqlName.Quote(_former), SqlName.Quote(_shadow));
        await ChangeAsync($"RENAME TABLE {(there ? $"{own} TO {former}, " : "")}{shadow} TO {own}", token);
    }

    /// <summary>Drops the table that the data set had before.</summary>
    public Task DropFormerAsync(CancellationToken token) => DropAsync(_former, token);

    private Task DropAsync(string table, CancellationToken token) =>
        ChangeAsync($"DROP TABLE IF EXISTS {SqlName.Quote(table)}", token);

    private async Task<bool> ExistsAsync(string table, CancellationToken token) =>
        await TableFacts.ReadAsync(session, table, token) is not null;

    private async Task ChangeAsync(string text, CancellationToken token)
    {
        await ownership.Fence.CheckAsync(session, token);
        await session.ExecuteAsync(new SqlStatement(text) { Limit = Limit }, token);
    }
}
