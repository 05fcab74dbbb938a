using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Store;

/// <summary>A row as it is going to be.</summary>
internal sealed record PlannedRow(RowWrite Write, DateTimeOffset? DeletedAt, DateTimeOffset? EvictedAt)
{
    public SyncedObject Object => Write.Object;

    public string Uid => Write.Object.Uid;

    public ReadOnlyMemory<byte> Json => Write.Evicts ? EvictionCopy.Of(Write.Object.Json) : Write.Object.Json;
}
