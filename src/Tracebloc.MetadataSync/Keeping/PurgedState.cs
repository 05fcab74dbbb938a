namespace Tracebloc.MetadataSync.Keeping;

/// <summary>The states of rows that have an age from which they are purged.</summary>
internal enum PurgedState
{
    /// <summary>Marked as deleted; the age counts from <c>delete_time</c>.</summary>
    Deleted,

    /// <summary>In the database only and not deleted; the age counts from <c>evicted_time</c>.</summary>
    Evicted,
}
