using Microsoft.Extensions.Logging;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>
/// The lock by which one migration runs at a time. The session that changes the tables holds it: while the server still
/// runs a statement of a program that was killed, the lock is held.
/// </summary>
/// <param name="logger">Receives a line when another migration runs.</param>
internal sealed partial class MigrationLock(ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait for another migration.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Takes the lock for as long as the session lasts.</summary>
    /// <exception cref="MetadataSyncException">Another migration has it still.</exception>
    /// <exception cref="DatabaseException">The server did not answer.</exception>
    public async Task TakeAsync(DatabaseSession session, string database, CancellationToken token)
    {
        var name = LockName.Of("metadata-sync/migrate/", database);
        if (await TryAsync(session, name, TimeSpan.Zero, token)) return;
        LogWaiting(logger, database, (int)Wait.TotalSeconds);
        if (!await TryAsync(session, name, Wait, token))
            throw new MetadataSyncException(
                MetadataSyncExit.Database,
                $"Database {database}: another migration runs for more than {Wait.TotalSeconds:0} s; wait for its end, "
                + "then run again");
    }

    private static async Task<bool> TryAsync(
        DatabaseSession session, string name, TimeSpan wait, CancellationToken token) =>
        await session.FindAsync(
            new SqlStatement("SELECT GET_LOCK(?, ?)", name, (long)wait.TotalSeconds) { Limit = wait + Patience },
            row => row.NumberOrNull(0),
            token) == 1;

    [LoggerMessage(
        800, LogLevel.Information, "Another migration of database {Database} runs; waiting for up to {Seconds} s")]
    private static partial void LogWaiting(ILogger logger, string database, int seconds);
}
