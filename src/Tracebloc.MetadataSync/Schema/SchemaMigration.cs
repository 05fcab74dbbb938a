using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>Brings the tables of a database to the form that the kinds need.</summary>
/// <param name="server">The server.</param>
/// <param name="kinds">The kinds.</param>
/// <param name="retry">Repeats a statement that waited too long for the readers of its table.</param>
/// <param name="logger">Receives a line for each change.</param>
internal sealed partial class SchemaMigration(
    DatabaseServer server, KindSet kinds, DatabaseRetry retry, ILogger logger)
{
    private const int Attempts = 3;

    // A table of a hundred million rows is copied in hours.
    private static readonly TimeSpan Limit = TimeSpan.FromDays(2);

    // Unknown algorithm for this change, the same with a reason, and 64 instant changes since the last rebuild.
    private static readonly int[] CannotSo = [1845, 1846, 4092];

    // Table, column or key is there already, or is gone: the statement of a program that was killed has ended since.
    private static readonly int[] IsDone = [1050, 1060, 1061, 1091];

    private readonly MigrationLock _lock = new(logger);

    /// <summary>The longest wait for another migration.</summary>
    public TimeSpan LockWait
    {
        init => _lock = new MigrationLock(logger) { Wait = value };
    }

    /// <summary>The changes that are left, by which nothing changes.</summary>
    /// <exception cref="DatabaseException">A query failed.</exception>
    public async Task<SchemaPlan> PlanAsync(CancellationToken token)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        return await PlanAsync(session, token);
    }

    /// <summary>Makes all changes, one by one, under a lock; creates the database if it does not exist.</summary>
    /// <returns>The number of changes.</returns>
    /// <exception cref="MetadataSyncException">
    /// A table cannot be taken over, or another migration runs for too long.
    /// </exception>
    /// <exception cref="DatabaseException">A change failed; those before it are made.</exception>
    public async Task<int> RunAsync(CancellationToken token)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        await session.CreateDatabaseAsync(server.Options.Database, token);
        await _lock.TakeAsync(session, server.Options.Database, token);
        await session.ExecuteAsync(new SqlStatement("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"), token);
        // All that reads or writes a table waits behind a change that waits for it.
        await session.ExecuteAsync(new SqlStatement("SET SESSION lock_wait_timeout = 5"), token);
        var made = 0;
        for (var attempt = 1; ; attempt++)
            try
            {
                foreach (var change in (await PlanAsync(session, token)).Usable(server.Options.Address))
                {
                    await MakeAsync(session, change, token);
                    made++;
                }

                return made;
            }
            catch (DatabaseException done) when (IsDone.Contains(done.Number) && attempt < Attempts)
            {
                LogAgain(logger, done.Message);
            }
    }

    private async Task<SchemaPlan> PlanAsync(DatabaseSession session, CancellationToken token) => SchemaPlan.Of(
        kinds, await FoundTablesReader.ReadAsync(session, kinds, token), server.Facts.Kind, server.Facts.Version);

    private async Task MakeAsync(DatabaseSession session, SchemaChange change, CancellationToken token)
    {
        LogChange(logger, change.Name);
        if (change.Filling is { } filling)
            LogFilled(logger, change.Name, await new ColumnFilling(session, retry).RunAsync(filling, token));
        else
            await ExecuteAsync(session, change, token);
        await session.ExecuteAsync(
            new SqlStatement(
                $"INSERT INTO {OwnTables.History} (version, name, checksum, layout, applied_at) "
                + "SELECT COALESCE(MAX(version), 0) + 1, ?, ?, ?, UTC_TIMESTAMP(6) "
                + $"FROM {OwnTables.History}",
                change.Name, change.Checksum, NeededTables.Layout),
            token);
    }

    private async Task ExecuteAsync(DatabaseSession session, SchemaChange change, CancellationToken token)
    {
        try
        {
            await ExecuteAsync(session, change.Sql, token);
        }
        catch (DatabaseException cannot) when (change.Otherwise is not null && CannotSo.Contains(cannot.Number))
        {
            LogOtherwise(logger, change.Name, cannot.ServerMessage);
            await ExecuteAsync(session, change.Otherwise, token);
        }
    }

    private Task<long> ExecuteAsync(DatabaseSession session, string sql, CancellationToken token) =>
        retry.RunAsync(current => session.ExecuteAsync(new SqlStatement(sql) { Limit = Limit }, current), token);

    [LoggerMessage(801, LogLevel.Information, "Migration: {Change}")]
    private static partial void LogChange(ILogger logger, string change);

    [LoggerMessage(802, LogLevel.Information, "Migration: {Change}: {Rows} rows read")]
    private static partial void LogFilled(ILogger logger, string change, long rows);

    [LoggerMessage(803, LogLevel.Information, "Migration: {Change} takes longer than it might: {Cause}")]
    private static partial void LogOtherwise(ILogger logger, string change, string cause);

    [LoggerMessage(804, LogLevel.Information, "Migration: an earlier one has ended meanwhile, planning anew: {Cause}")]
    private static partial void LogAgain(ILogger logger, string cause);
}
