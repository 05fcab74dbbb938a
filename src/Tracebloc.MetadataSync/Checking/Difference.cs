namespace Tracebloc.MetadataSync.Checking;

/// <summary>The difference between the whereabouts of an object and its row.</summary>
internal enum Difference
{
    None,

    /// <summary>The object is in the cluster, and no live row is in the database.</summary>
    WithoutRow,

    /// <summary>The row is live, and the cluster has no such object.</summary>
    WithoutObject,

    /// <summary>The row has not come to the version that the object had a moment ago.</summary>
    Older,

    /// <summary>The row has a version that the object does not have, as after a restored backup of etcd.</summary>
    Newer,
}
