namespace Tracebloc.MetadataSync.Store;

/// <summary>The facts of a row that a writer has locked.</summary>
internal sealed record StoredRow(
    string Uid, ulong Version, DateTimeOffset? DeletedAt = null, DateTimeOffset? EvictedAt = null)
{
    public RowState State => DeletedAt is not null ? RowState.Deleted
        : EvictedAt is not null ? RowState.Evicted
        : RowState.Live;
}
