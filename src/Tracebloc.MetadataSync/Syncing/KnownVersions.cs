using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// The versions of the live rows of one kind during one term, so that an object that is seen again unchanged costs no
/// look at the database. No one else writes live rows during the term. Safe for concurrent use.
/// </summary>
/// <param name="live">The live rows at the beginning of the term.</param>
internal sealed class KnownVersions(VersionMap live)
{
    private readonly Lock _turn = new();

    /// <summary>True where the database would leave the row as it is.</summary>
    public bool IsUnchanged(RowWrite write, WriteMode mode)
    {
        if (mode != WriteMode.Newer || write.Evicts) return false;
        lock (_turn)
            return live.TryGet(write.Object.Uid, out var row) && row.Version == write.Object.Version;
    }

    /// <summary>Notes the end of a write. Rows that are about to leave, and those of others, are not known.</summary>
    public void Learn(WriteResult result)
    {
        var (written, isLive) = (
            result.Write.Object, result is { Outcome: WriteOutcome.Written, Write.Evicts: false });
        lock (_turn)
            if (isLive && !written.IsDeleting)
                live[written.Uid] = new StoredVersion(written.Version, RowState.Live);
            else if (result.Outcome != WriteOutcome.Unchanged)
                live.Remove(written.Uid);
    }

    /// <summary>Forgets rows that are marked as deleted.</summary>
    public void Forget(IEnumerable<string> uids)
    {
        lock (_turn)
            foreach (var uid in uids)
                live.Remove(uid);
    }
}
