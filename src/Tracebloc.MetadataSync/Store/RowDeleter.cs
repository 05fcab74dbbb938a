using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>Marks rows of one kind as deleted during one term. Safe for concurrent use.</summary>
internal sealed class RowDeleter(StoreDatabase database, StoredKind kind, Term term, SyncErrors errors)
{
    private const int MostRows = 500;

    /// <summary>Marks rows that are live; those that were deleted or evicted before stay as they are.</summary>
    /// <returns>The number of rows that were marked.</returns>
    /// <exception cref="FenceException">Another leader has a newer term; the rest was not marked.</exception>
    /// <exception cref="DatabaseException">A statement failed; all may be repeated.</exception>
    public async Task<long> DeleteAsync(IReadOnlyList<RowDeletion> deletions, CancellationToken token)
    {
        var count = 0L;
        foreach (var chunk in deletions.DistinctBy(each => each.Uid).OrderBy(each => each.Uid, StringComparer.Ordinal)
            .Chunk(MostRows))
        {
            string[] uids = [.. chunk.Select(each => each.Uid)];
            count += await database.ChangeAsync(
                term,
                async (session, current) =>
                {
                    await errors.RemoveAsync(session, uids, current);
                    return await session.ExecuteAsync(kind.Delete(chunk, database.Time.GetUtcNow()), current);
                },
                token);
            errors.Forget(uids);
        }

        return count;
    }
}
