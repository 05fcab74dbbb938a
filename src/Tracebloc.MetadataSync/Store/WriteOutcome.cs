namespace Tracebloc.MetadataSync.Store;

/// <summary>The result of a write for one object.</summary>
internal enum WriteOutcome
{
    /// <summary>The row was made or changed.</summary>
    Written,

    /// <summary>The row holds this version already.</summary>
    Unchanged,

    /// <summary>The row holds a newer version.</summary>
    Older,

    /// <summary>The database rejects the object; <see cref="WriteResult.Error"/> is the reason.</summary>
    Rejected,
}
