namespace Tracebloc.ImageRefresh.Pin;

internal enum PinOutcome
{
    /// <summary>It had no digest, and has one now.</summary>
    Pinned,

    /// <summary>It had another digest.</summary>
    Moved,

    /// <summary>It has the digest that the registry serves.</summary>
    Unchanged,

    /// <summary>When checking: it has another digest than the registry serves.</summary>
    Stale,

    /// <summary>When checking or unpinning: it has no digest.</summary>
    NotPinned,

    /// <summary>Its digest was taken away.</summary>
    Unpinned,

    /// <summary>The registry could not be asked.</summary>
    Unresolved,
}
