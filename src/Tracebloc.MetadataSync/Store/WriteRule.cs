using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Store;

/// <summary>The rule by which an object gets into its row. An older version changes nothing.</summary>
internal sealed class WriteRule(Kind kind, WriteMode mode, DateTimeOffset now)
{
    /// <summary>Decides about one object.</summary>
    /// <param name="write">The object.</param>
    /// <param name="stored">Its row; null where it has none.</param>
    /// <param name="planned">The row to write; null where nothing changes.</param>
    public WriteOutcome Decide(RowWrite write, StoredRow? stored, out PlannedRow? planned)
    {
        planned = null;
        if (stored is not null && !Wins(write, stored))
            return write.Object.Version < stored.Version ? WriteOutcome.Older : WriteOutcome.Unchanged;
        planned = write.Evicts ? new PlannedRow(write, null, now)
            : IsAlive(write) ? new PlannedRow(write, null, null)
            : new PlannedRow(write, stored?.DeletedAt, stored?.EvictedAt);
        return WriteOutcome.Written;
    }

    private bool Wins(RowWrite write, StoredRow stored)
    {
        var (version, isSame) = (write.Object.Version, write.Object.Version == stored.Version);
        // The end of its stay in the cluster is no change of an object that has left it.
        if (stored.State == RowState.Evicted && write.Object.IsDeleting) return false;
        return mode == WriteMode.Restored || version > stored.Version
            || (isSame && write.Evicts && stored.State == RowState.Live)
            // Taken for one that had left: the tables of former versions do not tell.
            || (isSame && !write.Evicts && stored.State == RowState.Evicted && IsAlive(write));
    }

    // Only such an object makes a row live again that was deleted or evicted.
    private bool IsAlive(RowWrite write) =>
        !write.Object.IsDeleting && !write.Object.IsMarkedImmutable && !kind.IsImmutable;
}
