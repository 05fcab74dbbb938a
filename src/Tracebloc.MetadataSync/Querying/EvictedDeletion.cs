using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Marks evicted objects as deleted.</summary>
internal sealed class EvictedDeletion(QueryDatabase database, DatabaseRetry retry, TimeProvider time)
{
    /// <summary>Deletes objects that are evicted still.</summary>
    /// <returns>The uids that were deleted. One that came back to the cluster meanwhile is not among them.</returns>
    public Task<IReadOnlyList<string>> DeleteAsync(Kind kind, IReadOnlyList<string> uids, CancellationToken token) =>
        database.UseAsync(
            async session =>
            {
                IReadOnlyList<string> locked = [];
                await retry.RunInTransactionAsync(
                    session,
                    async current =>
                    {
                        locked = await LockAsync(session, kind, uids, current);
                        if (locked.Count > 0) await session.ExecuteAsync(Mark(kind, locked), current);
                    },
                    token);
                return locked;
            },
            token);

    // In the order of the key, as every writer of this program locks rows.
    private static Task<IReadOnlyList<string>> LockAsync(
        DatabaseSession session, Kind kind, IReadOnlyList<string> uids, CancellationToken token)
    {
        var filter = SqlFilter.And(In(uids), StateFilter.Of(ObjectStates.Evicted));
        return session.QueryAsync(
            new SqlStatement(
                $"SELECT o.uid FROM {SqlName.Quote(kind.Table)} o WHERE {filter.Text} ORDER BY o.uid FOR UPDATE",
                filter.Values),
            row => row.Text(0),
            token);
    }

    private SqlStatement Mark(Kind kind, IReadOnlyList<string> uids)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var filter = In(uids);
        return new SqlStatement(
            $"UPDATE {SqlName.Quote(kind.Table)} o SET o.delete_time = ?, o.update_time = ? WHERE {filter.Text}",
            [now, now, .. filter.Values]);
    }

    private static SqlFilter In(IReadOnlyList<string> uids) =>
        new($"o.uid IN ({string.Join(", ", uids.Select(_ => "?"))})", [.. uids]);
}
