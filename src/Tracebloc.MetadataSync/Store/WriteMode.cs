namespace Tracebloc.MetadataSync.Store;

/// <summary>The comparison between an object and its row.</summary>
internal enum WriteMode
{
    /// <summary>The greater version wins.</summary>
    Newer,

    /// <summary>
    /// The object wins over a row of any other version: the cluster was restored from a backup, and its versions went
    /// back.
    /// </summary>
    Restored,
}
