using System.Security.Cryptography;
using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>
/// The right to change a table, taken under its lock and checked in every transaction: a run whose lock was lost, and
/// whose table another run has taken over, changes nothing any more.
/// </summary>
internal sealed class TableOwnership
{
    private readonly DatabaseRetry _retry;

    private TableOwnership(string table, byte[] owner, byte[] salt, DatabaseRetry retry)
    {
        (Table, Salt, _retry) = (table, salt, retry);
        Fence = new Fence(
            $"Table {table}",
            new SqlStatement(
                $"SELECT owner = ? FROM {JournalSchema.Tables} WHERE table_name = ? LOCK IN SHARE MODE",
                owner, table));
    }

    public string Table { get; }

    /// <summary>32 bytes that make hashes of this table its own.</summary>
    public byte[] Salt { get; }

    public Fence Fence { get; }

    /// <summary>
    /// Takes the table over, for the holder of its lock. Waits for the transactions of a former owner.
    /// </summary>
    /// <exception cref="DatabaseException">The journal does not exist, or the statement failed.</exception>
    public static async Task<TableOwnership> TakeAsync(
        DatabaseSession session, string table, string runKey, DatabaseRetry retry, CancellationToken token)
    {
        var owner = RandomNumberGenerator.GetBytes(16);
        byte[]? salt = null;
        await retry.RunInTransactionAsync(
            session,
            async current =>
            {
                var found = await session.ExecuteAsync(
                    new SqlStatement(
                        $"UPDATE {JournalSchema.Tables} SET owner = ?, owner_run = ? WHERE table_name = ?",
                        owner, runKey, table),
                    current);
                if (found == 0)
                    await session.ExecuteAsync(
                        new SqlStatement(
                            $"INSERT INTO {JournalSchema.Tables} (table_name, salt, owner, owner_run) "
                            + "VALUES (?, ?, ?, ?)",
                            table, RandomNumberGenerator.GetBytes(32), owner, runKey),
                        current);
                salt = await session.FindAsync(
                    new SqlStatement($"SELECT salt FROM {JournalSchema.Tables} WHERE table_name = ?", table),
                    row => row.BytesOrNull(0),
                    current);
            },
            token);
        return new TableOwnership(table, owner, salt ?? [], retry);
    }

    /// <summary>Runs changes in a transaction that begins with the check.</summary>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public Task ChangeAsync(
        DatabaseSession session, Func<CancellationToken, Task> change, CancellationToken token) =>
        _retry.RunInTransactionAsync(
            session,
            async current =>
            {
                await Fence.CheckAsync(session, current);
                await change(current);
            },
            token);

    /// <summary>Runs one statement in a transaction that begins with the check.</summary>
    /// <returns>The rows that it changed.</returns>
    public async Task<long> ChangeAsync(DatabaseSession session, SqlStatement statement, CancellationToken token)
    {
        long changed = 0;
        await ChangeAsync(
            session, async current => changed = await session.ExecuteAsync(statement, current), token);
        return changed;
    }
}
