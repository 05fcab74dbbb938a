namespace Tracebloc.Ingestion.Staging;

/// <summary>The kind of a fault that ends a transfer.</summary>
public enum StagingFailure
{
    /// <summary>The other side sends something that is no frame, or a frame that does not belong there.</summary>
    Protocol,

    /// <summary>The two sides speak different versions of the protocol.</summary>
    Version,

    /// <summary>The connection ended before the transfer did.</summary>
    Closed,

    /// <summary>The other side sent nothing for too long, or took nothing.</summary>
    Silent,

    /// <summary>The far side cannot store a file, or a name is not allowed.</summary>
    Refused,

    /// <summary>The volume is full.</summary>
    NoSpace,

    /// <summary>Another transfer writes to the folder.</summary>
    Busy,

    /// <summary>A file did not arrive as it was sent.</summary>
    Damaged,

    /// <summary>A local file changed while it was read, or cannot be read.</summary>
    Changed,

    /// <summary>A later transfer has taken the folder over.</summary>
    TakenOver,
}
