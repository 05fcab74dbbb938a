using Tracebloc.Database;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>The run table as requests use it: see <see cref="RunStore"/>.</summary>
/// <remarks>Failures are <see cref="DatabaseException"/>.</remarks>
internal interface IRunTable
{
    /// <summary>A run by its key; null for an unknown one.</summary>
    Task<IngestionRun?> FindAsync(RunKey key, CancellationToken token);

    /// <summary>The newest runs first, without their specifications; null: of every table.</summary>
    Task<IReadOnlyList<IngestionRun>> ListAsync(string? table, int most, CancellationToken token);

    /// <summary>Adds a run; false where its key is there already.</summary>
    Task<bool> TryAddAsync(IngestionRun run, CancellationToken token);

    /// <summary>Writes a run's changing part; false where another writer was first.</summary>
    Task<bool> TryChangeAsync(IngestionRun known, IngestionRun changed, CancellationToken token);
}
