namespace Tracebloc.Database;

/// <summary>The kinds of failure of a database, by the remedy that each allows.</summary>
public enum DatabaseFailure
{
    /// <summary>The server rejected a statement.</summary>
    Statement,

    /// <summary>A deadlock or a lock wait that timed out: the transaction may be repeated.</summary>
    Conflict,

    /// <summary>The server cannot be reached, or the connection was lost.</summary>
    Connection,

    /// <summary>The server rejected the account, or its certificate was rejected.</summary>
    Access,
}
