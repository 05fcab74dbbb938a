using Tracebloc.Database;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Store;

/// <summary>Writes objects of one kind during one term. Safe for concurrent use.</summary>
internal sealed class RowWriter(StoreDatabase database, StoredKind kind, Term term, SyncErrors errors)
{
    private readonly BatchWriter _batch = new(kind, database.Budget);

    /// <summary>
    /// Writes objects with their labels and annotations, many in one transaction. Objects that the database rejects are
    /// found by halving, and recorded; the others are written.
    /// </summary>
    /// <returns>The result of each write, in their order.</returns>
    /// <exception cref="FenceException">Another leader has a newer term; the rest was not written.</exception>
    /// <exception cref="DatabaseException">
    /// The connection, the table or the account failed: nothing is recorded of any object, and all may be repeated.
    /// </exception>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(
        IReadOnlyList<RowWrite> writes, WriteMode mode, CancellationToken token)
    {
        if (!kind.HasEvictions && writes.Any(write => write.Evicts))
            throw new DatabaseException(
                DatabaseFailure.Statement,
                $"Table {kind.Kind.Table} lacks the column {KindTables.Evicted}, without which no object may leave the "
                + "cluster; run metadata-sync migrate");
        var results = new List<WriteResult>(writes.Count);
        foreach (var batch in WriteBatches.Of(writes))
            results.AddRange(await WriteBatchAsync(batch, mode, token));
        return results;
    }

    private async Task<IReadOnlyList<WriteResult>> WriteBatchAsync(
        ArraySegment<RowWrite> batch, WriteMode mode, CancellationToken token)
    {
        try
        {
            return await TryWriteAsync(batch, mode, token);
        }
        catch (DatabaseException rejected) when (ContentErrors.IsContent(rejected))
        {
            if (batch is [var only]) return [await RejectAsync(only, rejected, token)];
            var half = batch.Count / 2;
            return
            [
                .. await WriteBatchAsync(batch[..half], mode, token),
                .. await WriteBatchAsync(batch[half..], mode, token),
            ];
        }
    }

    private async Task<IReadOnlyList<WriteResult>> TryWriteAsync(
        IReadOnlyList<RowWrite> batch, WriteMode mode, CancellationToken token)
    {
        string[] uids = [.. batch.Select(write => write.Object.Uid)];
        var outcomes = await database.ChangeAsync(
            term,
            async (session, current) =>
            {
                var written = await _batch.WriteAsync(session, batch, mode, database.Time.GetUtcNow(), current);
                await errors.RemoveAsync(session, uids, current);
                return written;
            },
            token);
        errors.Forget(uids);
        return [.. batch.Zip(outcomes, (write, outcome) => new WriteResult(write, outcome))];
    }

    private async Task<WriteResult> RejectAsync(RowWrite write, DatabaseException rejected, CancellationToken token)
    {
        var error = ContentErrors.Text(rejected);
        await errors.RecordAsync(ErrorSubject.Of(write.Object), error, token);
        return new WriteResult(write, WriteOutcome.Rejected, error);
    }
}
