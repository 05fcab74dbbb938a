using Tracebloc.Database;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>
/// Deletes the objects of a selection in batches: live ones through the API server, each by its uid, and evicted ones
/// in the database. The rows of live ones follow once the cluster has deleted them.
/// </summary>
internal sealed class CollectionDeletion(
    QueryDatabase database, LiveDeletion live, EvictedDeletion evicted, TimeProvider time)
{
    private const int Batch = 500, AtOnce = 8;

    /// <summary>The time after which no further batch begins; a request repeats what is left.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<DeletionOutcome> DeleteAsync(DeletionRequest request, CancellationToken token)
    {
        var (outcome, start) = (new DeletionOutcome(request), time.GetTimestamp());
        var (selection, after) = (request.Selection, (RowPosition?)null);
        while (true)
        {
            var rows = await RowsAsync(selection, after, token);
            await DeleteLiveAsync(
                request, [.. rows.Where(row => !row.IsEvicted).Select(row => row.At)], outcome, token);
            await DeleteEvictedAsync(
                request, [.. rows.Where(row => row.IsEvicted).Select(row => row.At)], outcome, token);
            if (rows.Count < Batch) return outcome;
            after = rows[^1].At;
            if (time.GetElapsedTime(start) < Patience && outcome.Kept < Batch) continue;
            outcome.IsComplete = false;
            return outcome;
        }
    }

    private Task<IReadOnlyList<(RowPosition At, bool IsEvicted)>> RowsAsync(
        Selection selection, RowPosition? after, CancellationToken token)
    {
        var filter = after is null
            ? selection.Filter()
            : SqlFilter.And(selection.Filter(), after.After(selection.Namespace));
        return database.UseAsync(
            session => session.QueryAsync(
                new SqlStatement(
                    "SELECT o.namespace, o.name, o.uid, o.evicted_time IS NOT NULL "
                    + $"FROM {SqlName.Quote(selection.Kind.Table)} o WHERE {filter.Text} "
                    + $"ORDER BY {RowPosition.Order} LIMIT {Batch}",
                    filter.Values),
                row => (new RowPosition(row.Text(0), row.Text(1), row.Text(2)), row.Number(3) != 0),
                token),
            token);
    }

    private async Task DeleteLiveAsync(
        DeletionRequest request, IReadOnlyList<RowPosition> rows, DeletionOutcome outcome, CancellationToken token)
    {
        var faults = await Throttled.SelectAsync(
            rows,
            AtOnce,
            (row, current) => live.DeleteAsync(request.Selection.Kind, row, request.Options, current),
            token);
        foreach (var (row, fault) in rows.Zip(faults))
            if (fault is null) outcome.Delete(row, DeletionOutcome.Cluster);
            else outcome.Keep(row, fault.Reason ?? "InternalError", fault.Message);
    }

    private async Task DeleteEvictedAsync(
        DeletionRequest request, IReadOnlyList<RowPosition> rows, DeletionOutcome outcome, CancellationToken token)
    {
        if (rows.Count == 0) return;
        IReadOnlyList<string> uids = [.. rows.Select(row => row.Uid)];
        if (!request.Options.DryRun) uids = await evicted.DeleteAsync(request.Selection.Kind, uids, token);
        var deleted = uids.ToHashSet();
        foreach (var row in rows)
            if (deleted.Contains(row.Uid)) outcome.Delete(row, DeletionOutcome.Database);
            else outcome.Keep(row, "Conflict", "the object changed while it was being deleted; repeat the request");
    }
}
