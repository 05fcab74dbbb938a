namespace Tracebloc.ImageRefresh.Pin;

internal enum PinOutcome
{
    /// <summary>It had no digest, and has one now.</summary>
    Pinned,

    /// <summary>It had another digest.</summary>
    Moved,

    /// <summary>It has the digest that the registry serves.</summary>
    Unchanged,

    /// <summary>With <c>--check</c>: the registry serves another digest.</summary>
    Stale,

    /// <summary>With <c>--check</c> or <c>--unpin</c>: it has no digest.</summary>
    NotPinned,

    /// <summary>Its digest was taken away.</summary>
    Unpinned,

    /// <summary>The registry could not be asked.</summary>
    Unresolved,
}
