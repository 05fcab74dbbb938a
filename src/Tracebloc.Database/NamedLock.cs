namespace Tracebloc.Database;

/// <summary>
/// A lock that the server holds for one connection, by GET_LOCK: it ends with the connection, so no lock outlives its
/// owner. The connection is used every 15 s; without that, the server ends it after a minute.
/// </summary>
public sealed class NamedLock : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DatabaseSession _session;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _caller;
    private readonly Task _pinging;

    private NamedLock(DatabaseSession session, string name, TimeProvider time, CancellationToken caller)
    {
        (_session, _name, _time) = (session, name, time);
        _caller = caller.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);
        _pinging = PingAsync(_stop.Token);
    }

    /// <summary>Cancelled when the lock is lost, and when the token is that it was taken with.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>True when the server ended the connection or gave the lock away.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes the lock.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">At most 64 characters: <see cref="LockName"/>.</param>
    /// <param name="wait">The longest wait for its holder.</param>
    /// <param name="token">Ends the wait, and cancels <see cref="Token"/>.</param>
    /// <returns>The lock; null when another connection holds it still.</returns>
    /// <exception cref="DatabaseException">The server did not answer.</exception>
    public static async Task<NamedLock?> TryTakeAsync(
        DatabaseServer server, string name, TimeSpan wait, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(server);
        var session = await server.OpenAsync(SessionUse.Locking, token);
        try
        {
            if (await TakeAsync(session, name, wait, token))
                return new NamedLock(session, name, server.Time, token);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return null;
    }

    /// <summary>Takes the lock where no connection holds it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="look">Looks first, which costs less than the connection that a lock needs.</param>
    /// <param name="name">At most 64 characters: <see cref="LockName"/>.</param>
    /// <param name="token">Ends the attempt, and cancels <see cref="Token"/>.</param>
    /// <returns>The lock; null when another connection holds it.</returns>
    /// <exception cref="DatabaseException">The server did not answer.</exception>
    public static async Task<NamedLock?> TryTakeFreeAsync(
        DatabaseServer server, DatabaseSession look, string name, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(look);
        var isFree = new SqlStatement("SELECT IS_FREE_LOCK(?)", name);
        return await look.FindAsync(isFree, row => row.NumberOrNull(0), token) == 1
            ? await TryTakeAsync(server, name, TimeSpan.Zero, token) : null;
    }

    /// <summary>Gives the lock back, by the end of its connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pinging;
        await _caller.DisposeAsync();
        await _session.DisposeAsync();
        _stop.Dispose();
        _over.Dispose();
    }

    /// <summary>Takes a lock for the length of a session's work.</summary>
    internal static async Task<bool> TakeAsync(
        DatabaseSession session, string name, TimeSpan wait, CancellationToken token)
    {
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        var take = new SqlStatement("SELECT GET_LOCK(?, ?)", name, seconds) { Limit = wait + Patience };
        return await session.FindAsync(take, row => row.NumberOrNull(0), token) == 1;
    }

    private async Task PingAsync(CancellationToken token)
    {
        var isMine = new SqlStatement("SELECT IS_USED_LOCK(?) = CONNECTION_ID()", _name) { Limit = PingLimit };
        try
        {
            do
                await Task.Delay(Period, _time, token);
            while (await _session.FindAsync(isMine, row => row.NumberOrNull(0), token) == 1);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        catch (DatabaseException)
        {
            // The connection is lost, and so is the lock.
        }

        IsLost = true;
        await _over.CancelAsync();
    }
}
