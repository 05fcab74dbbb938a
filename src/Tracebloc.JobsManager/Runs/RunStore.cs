using Tracebloc.Database;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The run table, <c>ingestion_runs</c>. Safe for concurrent use: each call has a session of its own.</summary>
internal sealed class RunStore(DatabaseServer server)
{
    /// <summary>Brings the table to its newest form, under a lock.</summary>
    public Task MigrateAsync(CancellationToken token) => throw new NotImplementedException($"{server} {token}");

    public Task<IngestionRun?> FindAsync(RunKey key, CancellationToken token) =>
        throw new NotImplementedException($"{server} {key} {token}");

    /// <summary>The newest runs first; null: of every table.</summary>
    public Task<IReadOnlyList<IngestionRun>> ListAsync(string? table, int most, CancellationToken token) =>
        throw new NotImplementedException($"{server} {table} {most} {token}");

    /// <summary>The runs that jobs-manager has to look after, the oldest first.</summary>
    public Task<IReadOnlyList<IngestionRun>> OpenRunsAsync(CancellationToken token) =>
        throw new NotImplementedException($"{server} {token}");

    /// <summary>Adds a run; false where its key is there already.</summary>
    public Task<bool> TryAddAsync(IngestionRun run, CancellationToken token) =>
        throw new NotImplementedException($"{server} {run} {token}");

    /// <summary>Writes a run's changing part, if the row is still as <paramref name="known"/> says.</summary>
    /// <returns>False where another writer was first: read it anew.</returns>
    public Task<bool> TryChangeAsync(IngestionRun known, IngestionRun changed, CancellationToken token) =>
        throw new NotImplementedException($"{server} {known} {changed} {token}");
}
