using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>
/// The run table of a server that may be away when the program starts: every call fails until it was opened.
/// </summary>
/// <remarks>Failures are <see cref="DatabaseException"/>.</remarks>
internal sealed partial class RunTable(DatabaseOptions options, Deadlines deadlines, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private volatile RunStore? _store;

    private RunStore Opened => _store
        ?? throw new DatabaseException(
            DatabaseFailure.Connection, $"Database {options.Address} has not answered yet; it is tried again");

    /// <summary>Waits for the server and brings the table to its newest form; repeats until both succeed.</summary>
    public async Task<RunStore> OpenAsync(CancellationToken token)
    {
        for (string? logged = null; ;)
        {
            try
            {
                var server = await DatabaseServer.WaitAsync(options, Patience, time, null, token);
                var store = new RunStore(server, deadlines);
                await store.MigrateAsync(token);
                return _store = store;
            }
            catch (DatabaseException fault)
            {
                if (fault.Message != logged) LogNotOpen(logger, logged = fault.Message);
            }

            await Task.Delay(deadlines.RetryAfter, time, token);
        }
    }

    /// <summary>The server of the table, once it was opened.</summary>
    public DatabaseServer Server => Opened.Server;

    /// <inheritdoc cref="RunStore.Deletions"/>
    public DeletionStore Deletions => Opened.Deletions;

    /// <inheritdoc cref="RunStore.FindAsync"/>
    public async Task<IngestionRun?> FindAsync(RunKey key, CancellationToken token) =>
        await Opened.FindAsync(key, token);

    /// <inheritdoc cref="RunStore.ListAsync"/>
    public async Task<IReadOnlyList<IngestionRun>> ListAsync(string? table, int most, CancellationToken token) =>
        await Opened.ListAsync(table, most, token);

    /// <inheritdoc cref="RunStore.OpenRunsAsync"/>
    public async Task<IReadOnlyList<IngestionRun>> OpenRunsAsync(CancellationToken token) =>
        await Opened.OpenRunsAsync(token);

    /// <inheritdoc cref="RunStore.CountAsync"/>
    public async Task<RunCounts> CountAsync(CancellationToken token) => await Opened.CountAsync(token);

    /// <inheritdoc cref="RunStore.TryAddAsync"/>
    public async Task<bool> TryAddAsync(IngestionRun run, CancellationToken token) =>
        await Opened.TryAddAsync(run, token);

    /// <inheritdoc cref="RunStore.SeeAsync"/>
    public async Task SeeAsync(RunKey key, DateTimeOffset at, CancellationToken token) =>
        await Opened.SeeAsync(key, at, token);

    /// <inheritdoc cref="RunStore.TryWithdrawAsync"/>
    public async Task<bool> TryWithdrawAsync(IngestionRun added, CancellationToken token) =>
        await Opened.TryWithdrawAsync(added, token);

    /// <inheritdoc cref="RunStore.TryChangeAsync"/>
    public async Task<bool> TryChangeAsync(IngestionRun known, IngestionRun changed, CancellationToken token) =>
        await Opened.TryChangeAsync(known, changed, token);

    [LoggerMessage(760, LogLevel.Warning, "Run table is not open, trying again: {Cause}")]
    private static partial void LogNotOpen(ILogger logger, string cause);
}
