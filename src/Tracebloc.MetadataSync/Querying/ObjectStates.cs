namespace Tracebloc.MetadataSync.Querying;

/// <summary>The states of objects that a query is about.</summary>
[Flags]
internal enum ObjectStates
{
    /// <summary>No object.</summary>
    None = 0,

    /// <summary>In the cluster.</summary>
    Live = 1,

    /// <summary>In the database only.</summary>
    Evicted = 2,

    /// <summary>Deleted.</summary>
    Deleted = 4,
}
