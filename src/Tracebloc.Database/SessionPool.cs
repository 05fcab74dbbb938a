using System.Threading.Channels;

namespace Tracebloc.Database;

/// <summary>Connections to one server that are used again. Safe for concurrent use.</summary>
public sealed class SessionPool : IAsyncDisposable
{
    // Servers and what lies between end connections that are silent; the driver asks after those that are this idle.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly SessionUse _use;
    private readonly SessionPoolOptions _options;

    // An item for each connection that may be opened still.
    private readonly Channel<bool> _free = Channel.CreateUnbounded<bool>();

    private readonly Stack<Pooled> _idle = [];
    private bool _isDisposed;

    /// <param name="server">The server.</param>
    /// <param name="use">The use of all connections.</param>
    /// <param name="options">Their number and age.</param>
    public SessionPool(DatabaseServer server, SessionUse use, SessionPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        (Server, _use, _options) = (server, use, options);
        for (var count = 0; count < options.MostOpen; count++)
            _free.Writer.TryWrite(true);
    }

    /// <summary>The server.</summary>
    public DatabaseServer Server { get; }

    /// <summary>Runs the work with a connection, which no other caller uses meanwhile.</summary>
    /// <param name="work">Leaves no transaction open.</param>
    /// <param name="token">Ends the wait for a connection.</param>
    /// <exception cref="DatabaseException">The server did not answer, or the work failed.</exception>
    public async Task<T> UseAsync<T>(Func<DatabaseSession, Task<T>> work, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _free.Reader.ReadAsync(token);
        try
        {
            var pooled = await FindAsync(token) ?? await OpenAsync(token);
            var isUsable = false;
            try
            {
                var result = await work(pooled.Session);
                isUsable = true;
                return result;
            }
            catch (DatabaseException failed)
                when (failed.Failure is DatabaseFailure.Statement or DatabaseFailure.Conflict)
            {
                isUsable = true;
                throw;
            }
            finally
            {
                if (!isUsable || !Return(pooled)) await pooled.Session.DisposeAsync();
            }
        }
        finally
        {
            _free.Writer.TryWrite(true);
        }
    }

    /// <summary>Ends the connections that are not in use; those in use end with it.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_idle) _isDisposed = true;
        while (Pop() is { } pooled)
            await pooled.Session.DisposeAsync();
    }

    private async Task<Pooled?> FindAsync(CancellationToken token)
    {
        while (Pop() is { } pooled)
        {
            var isUsable = false;
            try
            {
                isUsable = await IsUsableAsync(pooled, token);
            }
            finally
            {
                if (!isUsable) await pooled.Session.DisposeAsync();
            }

            if (isUsable) return pooled;
        }

        return null;
    }

    private async Task<bool> IsUsableAsync(Pooled pooled, CancellationToken token)
    {
        var now = Server.Time.GetUtcNow();
        return now - pooled.OpenedAt < _options.Lifetime
            && (now - pooled.UsedAt < Silence || await pooled.Session.PingAsync(token));
    }

    private async Task<Pooled> OpenAsync(CancellationToken token)
    {
        var session = await Server.OpenAsync(_use, token);
        var now = Server.Time.GetUtcNow();
        return new Pooled(session, now, now);
    }

    private bool Return(Pooled pooled) =>
        pooled.Session.IsOpen && Push(pooled with { UsedAt = Server.Time.GetUtcNow() });

    private bool Push(Pooled pooled)
    {
        lock (_idle)
        {
            if (_isDisposed || _idle.Count >= _options.MostIdle) return false;
            _idle.Push(pooled);
            return true;
        }
    }

    private Pooled? Pop()
    {
        lock (_idle)
            return _idle.TryPop(out var pooled) ? pooled : null;
    }

    private sealed record Pooled(DatabaseSession Session, DateTimeOffset OpenedAt, DateTimeOffset UsedAt);
}
