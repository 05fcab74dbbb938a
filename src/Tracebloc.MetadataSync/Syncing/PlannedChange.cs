using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Planning;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>A change that could be read, and its plan.</summary>
internal sealed record PlannedChange(PendingChange.Seen Seen, SyncedObject Object, ObjectPlan Plan)
{
    public RowWrite Write => new(Object, Plan.Evicts);

    public static PlannedChange Of(PendingChange.Seen seen, SyncedObject read, KindParts parts) => new(
        seen, read,
        ObjectPlan.Of(read, parts.Kind, parts.Settings.DeletionDelayOf(parts.Kind), parts.Time.GetUtcNow()));
}
