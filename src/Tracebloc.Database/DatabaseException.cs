namespace Tracebloc.Database;

/// <summary>A statement or a connection failed. The message names the server, the cause and a remedy.</summary>
public sealed class DatabaseException : Exception
{
    /// <summary>A failure with its kind.</summary>
    /// <param name="failure">The kind.</param>
    /// <param name="message">The message, on one line.</param>
    /// <param name="inner">The cause; null for none.</param>
    public DatabaseException(DatabaseFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public DatabaseFailure Failure { get; }

    /// <summary>The server's error number, such as 1213; 0 where the server gave none.</summary>
    public int Number { get; init; }

    /// <summary>The server's own words, on one line; empty where it sent none.</summary>
    public string ServerMessage { get; init; } = "";

    /// <summary>True when the transaction may be repeated as it is.</summary>
    public bool IsTransient => Failure == DatabaseFailure.Conflict;
}
