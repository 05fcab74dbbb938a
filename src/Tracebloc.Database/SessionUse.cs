namespace Tracebloc.Database;

/// <summary>The uses of a connection.</summary>
public enum SessionUse
{
    /// <summary>Statements.</summary>
    Control,

    /// <summary>
    /// Statements in transactions at READ COMMITTED, which lock the rows that they find and no gaps between them:
    /// writers of different rows do not wait for each other.
    /// </summary>
    Sharing,

    /// <summary>Statements and LOAD DATA LOCAL, whose data comes from a stream of this process only.</summary>
    Loading,

    /// <summary>A named lock: the server ends the connection, and the lock, a minute after it was last used.</summary>
    Locking,
}
