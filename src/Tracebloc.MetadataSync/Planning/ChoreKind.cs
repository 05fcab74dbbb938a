namespace Tracebloc.MetadataSync.Planning;

/// <summary>The calls of the API server that an object still needs once its row is stored.</summary>
internal enum ChoreKind
{
    /// <summary>The object is read again: the database, or this program, could not take it as it was.</summary>
    Look,

    /// <summary>The object gets our finalizer, so that its deletion cannot be missed.</summary>
    Hold,

    /// <summary>Its row is marked as deleted, and our finalizer goes: Kubernetes is deleting it.</summary>
    Bury,

    /// <summary>The same, and then the object is deleted: the annotation asks for it.</summary>
    BuryAndDelete,

    /// <summary>Its row is evicted: our finalizer goes, and then the object.</summary>
    Release,
}
