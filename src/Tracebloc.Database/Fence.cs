namespace Tracebloc.Database;

/// <summary>
/// The check, inside a transaction, that its owner still owns what the transaction changes. It locks the row that names
/// the owner, so that another owner waits until the transaction ends.
/// </summary>
/// <param name="subject">The start of the message: <c>Table houses_train</c>.</param>
/// <param name="check">A query of one row and one column, 1 for the owner; it ends in LOCK IN SHARE MODE.</param>
public sealed class Fence(string subject, SqlStatement check)
{
    /// <summary>Checks, in the session's transaction.</summary>
    /// <exception cref="FenceException">Another owner has taken over.</exception>
    /// <exception cref="DatabaseException">The query failed.</exception>
    public async Task CheckAsync(DatabaseSession session, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await session.FindAsync(check, row => row.NumberOrNull(0), token) != 1)
            throw new FenceException(
                $"{subject} was taken over by another run: this run's lock was lost, and it changes nothing any more");
    }
}
