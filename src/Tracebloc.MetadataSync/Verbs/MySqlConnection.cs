using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>The connections of a service, whose database may be away at its start. Safe for concurrent use.</summary>
internal sealed partial class MySqlConnection(ProgramContext program) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile SessionPool? _pool;

    /// <summary>Connects, until the database answers.</summary>
    public async Task<SessionPool> ConnectAsync(MySqlSettings settings, CancellationToken token)
    {
        var outage = new Outage("MySQL", program.Logger);
        while (true)
            try
            {
                var server = await DatabaseServer.WaitAsync(settings.Options, Patience, program.Time, null, token);
                _pool = new SessionPool(server, SessionUse.Sharing, new SessionPoolOptions
                {
                    MostOpen = settings.MostConnections,
                    MostIdle = settings.MostIdleConnections,
                    Lifetime = settings.ConnectionLife,
                });
                LogConnected(program.Logger, server.Options.Address);
                return _pool;
            }
            catch (DatabaseException away)
            {
                await Task.Delay(outage.Failed(away), program.Time, token);
            }
    }

    /// <summary>The connections.</summary>
    /// <exception cref="DatabaseException">The database has not answered yet.</exception>
    public Task<SessionPool> FindAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Task.FromResult(_pool ?? throw new DatabaseException(
            DatabaseFailure.Connection, "The database has given no answer yet; its connection is tried again"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_pool is { } pool) await pool.DisposeAsync();
    }

    // The words that operators search the log for.
    [LoggerMessage(855, LogLevel.Information, "MySQL connection established: {Address}")]
    private static partial void LogConnected(ILogger logger, string address);
}
