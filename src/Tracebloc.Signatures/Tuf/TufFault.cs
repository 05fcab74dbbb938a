namespace Tracebloc.Signatures.Tuf;

/// <summary>The kinds of faults of a TUF repository.</summary>
public enum TufFault
{
    /// <summary>The server did not answer, and the cache does not suffice.</summary>
    Unavailable,

    /// <summary>A file is larger than allowed, no metadata, or about another role or version.</summary>
    Malformed,

    /// <summary>Fewer keys signed a file than its role requires.</summary>
    BelowThreshold,

    /// <summary>A file is older than one that was seen before.</summary>
    RolledBack,

    /// <summary>A file has expired.</summary>
    Expired,

    /// <summary>A file has another length or hash than was signed.</summary>
    Mismatch,

    /// <summary>The repository has no target of that name, or no such file.</summary>
    Missing,

    /// <summary>The cache folder cannot be read or written.</summary>
    Cache,
}
