using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>Reads the versions and states of a kind's rows. Safe for concurrent use.</summary>
internal sealed class RowFinder(StoreDatabase database, StoredKind kind)
{
    private const int PageRows = 5_000, MostUids = 500;

    // ER_KEY_DOES_NOT_EXITS
    private const int NoSuchKey = 1176;

    /// <summary>
    /// The rows whose object is in the cluster, read page by page; each page is of its own time. Rows that are evicted
    /// or deleted are not among them: their number grows without bound.
    /// </summary>
    /// <exception cref="DatabaseException">A query failed.</exception>
    public async Task<VersionMap> LiveAsync(CancellationToken token)
    {
        var live = new VersionMap();
        var byKey = true;
        for (var last = ""; ;)
        {
            IReadOnlyList<(string Uid, ulong Version)> page;
            try
            {
                page = await database.QueryAsync(
                    kind.LiveAfter(last, PageRows, byKey), row => (row.Text(0), row.Unsigned(1)), token);
            }
            catch (DatabaseException absent) when (byKey && absent.Number == NoSuchKey)
            {
                byKey = false;
                continue;
            }

            foreach (var (uid, version) in page)
                live[uid] = new StoredVersion(version, RowState.Live);
            if (page.Count < PageRows) return live;
            last = page[^1].Uid;
        }
    }

    /// <summary>The rows of some objects in any state; objects without a row are left out.</summary>
    /// <exception cref="DatabaseException">A query failed.</exception>
    public async Task<VersionMap> FindAsync(IReadOnlyList<string> uids, CancellationToken token)
    {
        var found = new VersionMap();
        foreach (var chunk in uids.Chunk(MostUids))
            foreach (var row in await database.QueryAsync(kind.Rows(chunk, locks: false), StoredKind.Row, token))
                found[row.Uid] = new StoredVersion(row.Version, row.State);
        return found;
    }

    /// <summary>The newest version that any row holds, in any state; 0 without rows.</summary>
    /// <exception cref="DatabaseException">The query failed.</exception>
    public async Task<ulong> HighestAsync(CancellationToken token) =>
        (await database.QueryAsync(kind.Highest(), row => row.IsNull(0) ? 0 : row.Unsigned(0), token))[0];
}
