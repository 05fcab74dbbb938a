namespace Tracebloc.MetadataSync.Keeping;

/// <summary>The purged rows of one kind since the program started. Safe for concurrent use.</summary>
internal sealed class PurgeNumbers(string kind)
{
    private long _deleted, _evicted;

    public string Kind => kind;

    /// <summary>Purged rows that had been marked as deleted.</summary>
    public long Deleted => Interlocked.Read(ref _deleted);

    /// <summary>Purged rows whose object had left the cluster for the database.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    public void Add(PurgedState state, long count) =>
        Interlocked.Add(ref state == PurgedState.Deleted ? ref _deleted : ref _evicted, count);
}
