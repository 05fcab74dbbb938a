namespace Tracebloc.MetadataSync.Store;

/// <summary>The whereabouts of an object by its row.</summary>
internal enum RowState : byte
{
    /// <summary>In the cluster.</summary>
    Live,

    /// <summary>In this database only.</summary>
    Evicted,

    /// <summary>Nowhere; the row is history.</summary>
    Deleted,
}
