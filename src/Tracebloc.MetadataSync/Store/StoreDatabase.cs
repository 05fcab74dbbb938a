using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>The database as this room uses it. Safe for concurrent use.</summary>
/// <param name="pool">Connections for <see cref="SessionUse.Sharing"/>.</param>
/// <param name="retry">Repeats transactions that lost a deadlock.</param>
/// <param name="time">The clock of the rows' times.</param>
internal sealed class StoreDatabase(SessionPool pool, DatabaseRetry retry, TimeProvider time)
{
    public TimeProvider Time => time;

    public StatementBudget Budget { get; } = new(pool.Server.Facts.MaxAllowedPacket);

    /// <exception cref="DatabaseException">The query failed.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        SqlStatement query, Func<SqlRow, T> map, CancellationToken token) =>
        pool.UseAsync(session => session.QueryAsync(query, map, token), token);

    /// <summary>Runs changes in one transaction, repeated as a whole where it lost a deadlock.</summary>
    /// <exception cref="DatabaseException">A statement failed; nothing of the transaction remains.</exception>
    public Task<T> ChangeAsync<T>(
        Func<DatabaseSession, CancellationToken, Task<T>> change, CancellationToken token) => pool.UseAsync(
        session => retry.RunAsync(
            async current =>
            {
                T? result = default;
                await session.InTransactionAsync(async inner => result = await change(session, inner), current);
                return result!; // Set by the work, without which the line is not reached.
            },
            token),
        token);

    /// <summary>Runs changes in one transaction that begins with the check of the term.</summary>
    /// <exception cref="FenceException">Another leader has a newer term; nothing was changed.</exception>
    /// <exception cref="DatabaseException">A statement failed; nothing of the transaction remains.</exception>
    public Task<T> ChangeAsync<T>(
        Term term, Func<DatabaseSession, CancellationToken, Task<T>> change, CancellationToken token) => ChangeAsync(
        async (session, current) =>
        {
            await term.Fence.CheckAsync(session, current);
            return await change(session, current);
        },
        token);
}
