namespace Tracebloc.MetadataSync.Store;

/// <summary>The comparison between an object and its row.</summary>
internal enum WriteMode
{
    /// <summary>The greater version wins.</summary>
    Newer,

    /// <summary>
    /// The object wins in any case: the cluster was restored from a backup, its versions went back, and the same
    /// version may be another content.
    /// </summary>
    Restored,
}
