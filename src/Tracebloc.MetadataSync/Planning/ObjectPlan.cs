using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Planning;

/// <summary>The plan for one state of an object: its row is always written first.</summary>
/// <param name="Evicts">The row is that of an object which is about to leave the cluster.</param>
/// <param name="Chore">The calls that follow; null for none.</param>
internal sealed record ObjectPlan(bool Evicts, Chore? Chore)
{
    /// <summary>Plans. A deletion comes before an eviction.</summary>
    /// <param name="seen">The object.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="delay">The time from the wish to delete to the deletion of the row.</param>
    /// <param name="now">The time at which the object was seen, from which the delay of an annotation counts.</param>
    public static ObjectPlan Of(SyncedObject seen, Kind kind, TimeSpan delay, DateTimeOffset now)
    {
        if (seen.DeletedAt is { } deletedAt) return new(false, Chore.Of(ChoreKind.Bury, seen, deletedAt + delay));
        if (seen.IsMarkedDeleting) return new(false, Chore.Of(ChoreKind.BuryAndDelete, seen, now + delay));
        if (seen.IsMarkedImmutable || kind.IsImmutable) return new(true, Chore.Of(ChoreKind.Release, seen, now));
        return new(false, seen.HasFinalizer ? null : Chore.Of(ChoreKind.Hold, seen, now));
    }
}
