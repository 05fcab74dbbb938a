using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>
/// The rule by which an object and its row differ. A row has to come to the version that the object had at the first
/// look, and to no later one: an object that changes all the time does not differ for ever.
/// </summary>
internal static class PresenceRule
{
    /// <summary>The difference at the second look.</summary>
    /// <param name="first">The first look.</param>
    /// <param name="seen">The object, read before its row; null for none of that uid.</param>
    /// <param name="row">The row; null for none.</param>
    public static Difference Decide(Suspect first, SeenObject? seen, StoredVersion? row)
    {
        var isLive = row is { State: RowState.Live };
        if (seen is null) return isLive ? Difference.WithoutObject : Difference.None;
        if (seen.IsDeleting || (seen.IsImmutable && row is not null)) return Difference.None;
        if (!isLive || row is not { } live) return Difference.WithoutRow;
        if (live.Version < first.ObjectVersion) return Difference.Older;
        // Read before the object, and of a later version: no change in between explains it.
        return live.Version > seen.Version && live.Version == first.RowVersion ? Difference.Newer : Difference.None;
    }
}
